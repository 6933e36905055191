package org.gavel.node.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.wire.Acceptor;
import org.gavel.protocol.wire.LogEntry;
import org.gavel.protocol.wire.Message;

/** Does seeded harm to a group, and has clients send commands, in order, again and again until answered. */
final class ReplicationDriver {
    /** Up to which of 100 dice each harm is done, in the order of {@link #act}. */
    enum Mix {
        /** A bit of everything. */
        MIXED(45, 60, 66, 73, 80, 84, 87, 89, 96),
        /** Change after change of the acceptors, half of them while the others are cut off. */
        CHANGES(30, 46, 50, 57, 68, 71, 72, 74, 98),
        /** Take-over after take-over, some of a log that few hold. */
        TAKE_OVERS(40, 68, 71, 75, 90, 95, 96, 98, 99);

        private final int[] limits;

        Mix(int... limits) {
            this.limits = limits;
        }
    }

    /** The last two are two sessions of one identity. */
    private static final int CLIENTS = 3;
    private static final int UNDER_WAY_MAX = 6;

    private final class Client {
        private final long uid;
        private final long session;
        private long next = 1;
        private final Map<Long, Long> answeredAt = new LinkedHashMap<>();

        Client(long uid, long session) {
            this.uid = uid;
            this.session = session;
        }

        long lowestUnanswered() {
            long lowest = 1;
            while (answeredAt.containsKey(lowest)) {
                lowest++;
            }
            return lowest;
        }

        void answered(long sequence, long index) {
            Long before = answeredAt.put(sequence, index);
            assertThat(before == null || before == index).as("one-answer: command %s.%s: %s, %s", uid, sequence, before, index).isTrue();
            LogEntry entry = cluster.committed.containsKey(index) ? cluster.committed.get(index).entry() : null;
            assertThat(entry != null && entry.client().value() == uid && entry.session() == session && entry.sequence() == sequence)
                    .as("answers-are-results: command %s.%s.%s was answered with the outcome of %s: %s", uid, session, sequence, index, entry).isTrue();
        }
    }

    final TestCluster cluster;
    private Mix mix = Mix.MIXED;
    private final SplittableRandom random;
    private final boolean ending;
    private final List<Client> clients = new ArrayList<>();
    /** Acceptors whose disk is gone, by log id. */
    private final Set<Long> wiped = new HashSet<>();
    private final List<NodeRef> ended = new ArrayList<>();

    /** @param ending nodes end for good and some hear of it; else they crash and restart, few without their disk */
    ReplicationDriver(long seed, int count, long[] acceptors, boolean ending) {
        this(seed, count, acceptors, ending, false);
    }

    ReplicationDriver(long seed, int count, long[] acceptors, boolean ending, boolean realLinks) {
        random = new SplittableRandom(seed);
        this.ending = ending;
        GroupSettings settings = GroupSettings.small(10 + random.nextInt(40), CLIENTS + random.nextInt(3));
        cluster = TestCluster.of(new TestCluster(seed, settings, realLinks), count, acceptors);
        cluster.wires.delayMaxMs = 1 + random.nextInt(12);
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(new Client(900 + (i + 1) / 2, 5 + i));
        }
        cluster.acknowledged = this::acknowledged;
        for (TestNode node : cluster.nodes) {
            if (random.nextInt(3) == 0) {
                node.host.storeDelay(1 + random.nextInt(8));
            }
        }
    }

    ReplicationDriver with(Mix other) {
        mix = other;
        return this;
    }

    private void acknowledged(TestNode node, LogEntry entry) {
        for (Client client : clients) {
            // Some answers are lost.
            if (client.uid == entry.client().value() && client.session == entry.session() && random.nextInt(10) > 0) {
                client.answered(entry.sequence(), entry.index());
            }
        }
    }

    // ---------------------------------------------------------------- harm

    void trouble(int steps) {
        for (int i = 0; i < steps; i++) {
            int dice = random.nextInt(100);
            int what = 0;
            while (what < mix.limits.length && dice >= mix.limits[what]) {
                what++;
            }
            act(what);
            cluster.run(random.nextInt(12) == 0 ? 1_200 : random.nextInt(25));
        }
    }

    private void act(int what) {
        switch (what) {
            case 0 -> commands();
            case 1 -> nominate();
            case 2 -> crash();
            case 3 -> restart();
            case 4 -> cutOrMend();
            case 5 -> slow();
            case 6 -> renew();
            case 7 -> pick().host.pause(random.nextInt(400));
            case 8 -> changeAcceptors();
            default -> tellEnded();
        }
    }

    private TestNode pick() {
        return cluster.nodes.get(random.nextInt(cluster.nodes.size()));
    }

    private TestNode pickLiving() {
        List<TestNode> living = cluster.nodes.stream().filter(TestNode::alive).toList();
        return living.isEmpty() ? null : living.get(random.nextInt(living.size()));
    }

    private List<TestNode> serving() {
        return cluster.nodes.stream().filter(n -> n.alive() && n.group.isServing()).toList();
    }

    private void commands() {
        List<TestNode> serving = serving();
        if (serving.isEmpty()) {
            return;
        }
        TestNode node = serving.get(random.nextInt(serving.size()));
        Client client = clients.get(random.nextInt(CLIENTS));
        int count = 1 + random.nextInt(4);
        node.run(() -> {
            for (int i = 0; i < count; i++) {
                long lowest = client.lowestUnanswered();
                boolean again = client.next > lowest && random.nextBoolean();
                if (again || client.next - lowest >= UNDER_WAY_MAX) {
                    submit(node, client, lowest + random.nextLong(client.next - lowest));
                } else {
                    submit(node, client, client.next++);
                }
            }
        });
    }

    private void submit(TestNode node, Client client, long sequence) {
        Message.Submit submit = new Message.Submit(new Uid(client.uid), client.session, sequence, client.lowestUnanswered(),
                ("{\"c\":" + client.uid + ",\"s\":" + sequence + ",\"pad\":\"" + "x".repeat(random.nextInt(200)) + "\"}").getBytes(
                        java.nio.charset.StandardCharsets.UTF_8));
        SubmitResult result = node.group.submit(submit, 0);
        if (result.kind() == SubmitResult.Kind.ANSWERED) {
            client.answered(sequence, result.index());
        } else if (result.kind() == SubmitResult.Kind.GAP && result.sequence() < sequence) {
            submit(node, client, result.sequence());
        }
    }

    private void nominate() {
        TestNode node = pickLiving();
        if (node != null) {
            long epoch = random.nextInt(4) == 0 ? node.group.highestEpoch() + 1 : cluster.highestEpoch() + 1;
            node.run(() -> node.group.takeOver(epoch));
        }
    }

    private void crash() {
        TestNode node = pick();
        if (node.alive() && cluster.nodes.stream().filter(TestNode::alive).count() > 2) {
            node.host.crash();
            if (ending) {
                ended.add(node.ref);
            }
        }
    }

    /** With its disk, or as a newcomer; of no configuration there ever was may two acceptors lose their disk: a restart forgets what is known committed. */
    private void restart() {
        TestNode node = pick();
        if (node.alive()) {
            return;
        }
        boolean wipe = ending || random.nextInt(3) == 0 && mayWipe(node);
        if (wipe) {
            wiped.add(node.group.logId());
        }
        cluster.restart(node, !wipe);
    }

    private boolean mayWipe(TestNode node) {
        return cluster.seenConfigurations.stream().allMatch(c -> {
            boolean concerns = c.contains(node.ref.uid(), node.group.logId());
            boolean another = c.acceptors().stream().anyMatch(a -> wiped.contains(a.logId()));
            return !concerns || !another && c.acceptors().size() >= 3;
        });
    }

    private void cutOrMend() {
        if (cluster.realLinks) {
            pick().host.isolate(random.nextInt(800));
        } else if (random.nextInt(3) == 0) {
            cluster.wires.mend();
        } else if (random.nextBoolean()) {
            cluster.wires.isolate(pick(), cluster.nodes);
        } else {
            cut(pick(), pick());
        }
    }

    private void cut(TestNode a, TestNode b) {
        if (a != b) {
            cluster.wires.cut(a, b);
        }
    }

    private void slow() {
        TestNode a = pick();
        TestNode b = pick();
        if (a != b) {
            cluster.wires.slow(a, b, random.nextInt(400));
        }
    }

    private void renew() {
        TestNode a = pick();
        TestNode b = pick();
        if (a != b && a.alive() && b.alive()) {
            cluster.wires.renew(a, b);
        }
    }

    private void changeAcceptors() {
        for (TestNode leader : serving()) {
            TestNode newcomer = pickLiving();
            Configuration now = leader.group.committedConfiguration();
            if (newcomer == null || now.contains(newcomer.ref.uid(), newcomer.group.logId())) {
                continue;
            }
            if (!leader.caughtUp.contains(newcomer.ref)) {
                leader.run(() -> leader.group.addLearner(newcomer.ref, newcomer.group.logId()));
                continue;
            }
            List<Acceptor> wanted = new ArrayList<>(now.acceptors());
            wanted.removeIf(a -> a.node().uid().equals(newcomer.ref.uid()));
            if (wanted.size() == now.acceptors().size() && random.nextInt(4) > 0) {
                wanted.remove(random.nextInt(wanted.size()));
            }
            wanted.add(cluster.acceptor(newcomer));
            if (wanted.size() <= 4) {
                if (mix == Mix.CHANGES && random.nextBoolean()) {
                    cutOff(leader, newcomer);
                }
                leader.run(() -> leader.group.reconfigure(wanted, "{\"by\":\"" + leader + "\"}"));
                if (mix == Mix.CHANGES && random.nextBoolean()) {
                    cluster.run(1 + random.nextInt(20));
                    cutOff(leader, newcomer);
                    commands();
                }
            }
        }
    }

    /** The leader and its newcomer go on among themselves, perhaps with some others. */
    private void cutOff(TestNode leader, TestNode newcomer) {
        for (TestNode other : cluster.nodes) {
            if (other != leader && other != newcomer && random.nextInt(4) > 0) {
                cut(leader, other);
                cut(newcomer, other);
            }
        }
    }

    private void tellEnded() {
        TestNode node = pickLiving();
        if (node == null || ended.isEmpty()) {
            return;
        }
        NodeRef gone = ended.get(random.nextInt(ended.size()));
        node.run(() -> node.group.ended(gone));
    }

    // ---------------------------------------------------------------- afterwards

    /** No more harm, but not everyone need come back: whatever happens now must be safe. */
    void calm() {
        cluster.wires.mend();
        for (NodeRef gone : ended) {
            cluster.nodes.stream().filter(TestNode::alive).forEach(n -> n.run(() -> n.group.ended(gone)));
        }
        for (int i = 0; i < 6; i++) {
            nominate();
            cluster.run(1_200);
            commands();
            cluster.run(200);
        }
    }

    /** Everyone comes back, with the disk they left; then every command must be answered and all logs be equal. */
    void heal() {
        cluster.run(500);
        cluster.wires.mend();
        for (TestNode node : List.copyOf(cluster.nodes)) {
            if (!node.alive()) {
                cluster.restart(node, true);
            }
        }
        cluster.run(3_000);
        TestNode leader = elect();
        for (Client client : clients) {
            finish(leader, client);
        }
        boolean converged = cluster.network.runUntil(() -> followers().allMatch(n -> n.group.committedIndex() == cluster.committed.lastKey()), 8_000);
        assertThat(converged).as(() -> "converges: " + cluster.nodes.stream().map(n -> n + " " + n.group.status()).toList()).isTrue();
        cluster.nodes.forEach(cluster::check);
    }

    private java.util.stream.Stream<TestNode> followers() {
        return cluster.nodes.stream().filter(n -> n.group.latestConfiguration() != null);
    }

    private TestNode elect() {
        for (int attempt = 0; attempt < 4; attempt++) {
            for (TestNode node : cluster.nodes) {
                if (cluster.takeOver(node, cluster.highestEpoch() + 1)) {
                    cluster.run(300);
                    return node;
                }
            }
        }
        throw new AssertionError("one-leader-in-the-end: no leader with everyone back: " + cluster.nodes.stream().map(n -> n + " " + n.events + n.group.status()).toList());
    }

    private void finish(TestNode leader, Client client) {
        for (int i = 0; i < 200 && client.lowestUnanswered() < client.next; i++) {
            leader.run(() -> {
                for (long s = client.lowestUnanswered(); s < client.next; s++) {
                    if (!client.answeredAt.containsKey(s)) {
                        submit(leader, client, s);
                    }
                }
            });
            cluster.run(50);
        }
        assertThat(client.lowestUnanswered()).as("every-command-answered: client %s, %s serving", client.uid, leader.group.status()).isEqualTo(client.next);
    }
}
