package org.gavel.protocol.multicast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.gavel.protocol.host.DatagramReceiver;
import org.gavel.protocol.host.simulation.Faults;
import org.gavel.protocol.host.simulation.SimulatedHost;
import org.gavel.protocol.host.simulation.SimulatedNetwork;
import org.gavel.protocol.identity.Address;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.identity.ProcessIdentity;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.identity.ViewId;
import org.gavel.protocol.link.LinkLayer;
import org.gavel.protocol.link.LinkListener;
import org.gavel.protocol.link.Links;
import org.gavel.protocol.wire.Message;
import org.junit.jupiter.api.Test;

/**
 * Agreement while members join, die, are put out alive and come back, each installing views at its own pace, through loss, overtaking, cuts and links that are renewed. What is judged: whoever
 * has been a member without a break from a message's view to the last delivered it if another such one did; of each stay in order, without a gap, each once.
 */
class ChangingViewsTest {
    private static final int MEMBERS_MAX = 7;

    @Test
    void shouldAgreeWhoeverComesGoesAndReturns() {
        long first = SimulatedNetwork.seedOr(1);
        long last = System.getProperty("gavel.seed") == null ? Integer.getInteger("gavel.views.seeds", 500) : first;
        long judged = 0;
        for (long seed = first; seed <= last; seed++) {
            judged += new Storm(seed).play();
        }
        assertThat(judged).as("messages that somebody had to agree on").isPositive();
    }

    private static final class Storm {
        private final SimulatedNetwork network;
        private final SplittableRandom dice;
        private final String what;
        /** Few members leave nobody who could help out; many steps make many stays of one member. */
        private final int first;
        private final int membersMin;
        private final int steps;
        private final List<Node> nodes = new ArrayList<>();
        private final List<List<Node>> views = new ArrayList<>();

        Storm(long seed) {
            network = new SimulatedNetwork(seed);
            network.keepTraces(0);
            dice = new SplittableRandom(seed);
            first = 2 + dice.nextInt(3);
            membersMin = 1 + dice.nextInt(3);
            steps = dice.nextInt(4) == 0 ? 500 : 120;
            what = "repeat: mvn -pl shared-protocol test -Dtest=ChangingViewsTest -Dgavel.seed=" + seed;
        }

        long play() {
            for (int i = 0; i < first; i++) {
                nodes.add(new Node(this, i + 1));
            }
            views.add(List.copyOf(nodes));
            nodes.forEach(n -> n.nextView = 0);
            network.faults(Faults.NONE.withLoss(dice.nextInt(20)).withDuplicates(10).withReordering(20));
            for (int step = 0; step < steps; step++) {
                disturb();
                network.run(dice.nextInt(150));
            }
            network.heal();
            network.faults(Faults.NONE);
            living().forEach(n -> {
                while (n.hasNext()) {
                    n.installNext();
                }
            });
            network.run(30_000);
            return judge();
        }

        private List<Node> living() {
            return nodes.stream().filter(n -> n.host.isAlive()).toList();
        }

        private List<Node> newest() {
            return views.get(views.size() - 1);
        }

        private Node any(List<Node> some) {
            return some.get(dice.nextInt(some.size()));
        }

        private void disturb() {
            switch (dice.nextInt(12)) {
                case 0 -> changeView();
                case 1 -> network.cut(any(nodes).host, any(nodes).host);
                case 2 -> network.heal();
                case 3 -> partition();
                case 4, 5 -> any(living()).say();
                case 6 -> renewLink(any(living()), any(living()));
                default -> {
                    Node node = any(living());
                    if (node.hasNext()) {
                        node.installNext();
                    }
                }
            }
        }

        private void partition() {
            int at = 1 + dice.nextInt(nodes.size() - 1);
            network.partition(nodes.subList(0, at).stream().map(n -> n.host).toList(), nodes.subList(at, nodes.size()).stream().map(n -> n.host).toList());
        }

        /** What was under way on it is lost. */
        private void renewLink(Node one, Node other) {
            if (one != other) {
                one.host.execute(() -> one.links.close(other.ref));
            }
        }

        private void changeView() {
            List<Node> members = new ArrayList<>(newest());
            List<Node> back = living().stream().filter(n -> n.out && !members.contains(n)).toList();
            int choice = dice.nextInt(4);
            if (choice == 0 && members.size() > membersMin) {
                Node dead = members.remove(dice.nextInt(members.size()));
                dead.say();
                dead.say();
                network.run(dice.nextInt(2));
                dead.host.crash();
            } else if (choice == 1 && members.size() > membersMin) {
                members.remove(dice.nextInt(members.size()));
            } else if (choice == 2 && !back.isEmpty()) {
                Node returning = any(back);
                members.add(returning);
                returning.out = false;
                returning.nextView = views.size();
            } else if (members.size() < MEMBERS_MAX) {
                Node joining = new Node(this, nodes.size() + 1);
                nodes.add(joining);
                members.add(joining);
                joining.nextView = views.size();
            }
            views.add(List.copyOf(members));
        }

        private long judge() {
            long judged = 0;
            for (Node node : newest()) {
                for (Message.Multicast message : node.got.values()) {
                    if (node.isCorrectSince(message.view())) {
                        List<Node> correct = newest().stream().filter(n -> n.isCorrectSince(message.view())).toList();
                        judged += correct.size();
                        assertThat(correct).as("%s\n%s has %d of %s, view %s, and so must have", what, node.ref, message.sequence(), message.origin(), message.view())
                            .allMatch(n -> n.got.containsKey(name(message)));
                    }
                }
                assertThat(node.multicast.unstable()).as("%s\nwhat %s keeps for others", what, node.ref).isZero();
            }
            return judged;
        }
    }

    private static String name(Message.Multicast message) {
        return message.origin() + " " + message.sequence();
    }

    /** A process of the group, in one stay after the other. */
    private static final class Node implements LinkListener, DatagramReceiver {
        private final Storm storm;
        private final SimulatedHost host;
        private final NodeRef ref;
        private final LinkLayer links;
        private FifoMulticast multicast;
        /** Of this stay, by name. */
        private final Map<String, Message.Multicast> got = new LinkedHashMap<>();
        private final Map<String, Long> newestOfStay = new LinkedHashMap<>();
        private int nextView;
        private int cameWith = -1;
        private boolean out;
        private long said;

        Node(Storm storm, long uid) {
            this.storm = storm;
            host = storm.network.newHost("n" + uid);
            ref = new NodeRef(new Uid(uid << 48), 100, host.address(), host.name(), ProcessIdentity.UNKNOWN);
            links = new LinkLayer(host, ref, "gavel", this);
            multicast = begin();
            host.start(this);
        }

        private FifoMulticast begin() {
            return new FifoMulticast(Links.RING_GROUP, ref, host, links, new MulticastDelivery() {
                @Override
                public void onDelivered(PeerId origin, Message message) {
                    throw new AssertionError("the other one is called");
                }

                @Override
                public void onDelivered(Message.Multicast sent, Message message) {
                    deliver(sent);
                }
            });
        }

        private void deliver(Message.Multicast sent) {
            assertThat(sent.view().number()).as("%s\n%s came with view %d: what it delivers is of no earlier one", storm.what, ref, cameWith + 1).isGreaterThan(cameWith);
            assertThat(got.put(name(sent), sent)).as("%s\n%s delivers again: %s", storm.what, ref, name(sent)).isNull();
            Long before = newestOfStay.put(sent.origin() + " " + OriginLog.stayOf(sent.sequence()), sent.sequence());
            if (before != null) {
                assertThat(sent.sequence()).as("%s\nthe next of %s at %s", storm.what, sent.origin(), ref).isEqualTo(before + 1);
            }
        }

        void say() {
            host.execute(() -> {
                if (multicast.multicast(new Message.DeliveredUpTo(said + 1))) {
                    said++;
                }
            });
        }

        boolean hasNext() {
            return !out && nextView < storm.views.size();
        }

        void installNext() {
            int number = nextView++;
            List<Node> members = storm.views.get(number);
            List<Node> before = number == 0 ? List.of() : storm.views.get(number - 1);
            if (!members.contains(this)) {
                out = true;
                host.execute(this::giveUp);
                return;
            }
            cameWith = cameWith < 0 ? number : cameWith;
            List<PeerId> gone = before.stream().filter(n -> !members.contains(n)).map(n -> n.ref.peer()).toList();
            host.execute(() -> {
                multicast.flush(gone);
                multicast.installView(new ViewId(77, 1, number + 1L), members.stream().map(n -> n.ref).toList());
            });
        }

        private void giveUp() {
            multicast.close();
            multicast = begin();
            storm.nodes.stream().filter(n -> n != this).forEach(n -> links.close(n.ref));
            got.clear();
            newestOfStay.clear();
            cameWith = -1;
        }

        boolean isCorrectSince(ViewId view) {
            return cameWith >= 0 && cameWith + 1 <= view.number()
                && IntStream.range((int) view.number() - 1, storm.views.size()).allMatch(i -> storm.views.get(i).contains(this));
        }

        @Override
        public void onMessage(PeerId from, Address address, long group, Message message) {
            multicast.onMessage(from, message);
        }

        @Override
        public void onUnacknowledged(PeerId peer) { }

        @Override
        public void onCrashHint(PeerId peer) { }

        @Override
        public void onUndelivered(NodeRef peer, long group, Message message) { }

        @Override
        public void onRoom(NodeRef peer) { }

        @Override
        public void onDatagram(Address from, byte[] bytes, int length) {
            links.onDatagram(from, bytes, length);
        }

        @Override
        public void onCrashHint(Address peer) { }
    }
}
