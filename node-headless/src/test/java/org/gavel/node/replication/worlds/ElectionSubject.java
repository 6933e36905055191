package org.gavel.node.replication.worlds;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.gavel.protocol.election.ElectionListener;
import org.gavel.protocol.election.ElectionSettings;
import org.gavel.protocol.election.ElectionState;
import org.gavel.protocol.election.ElectionStatus;
import org.gavel.protocol.election.LcrElection;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.identity.ViewId;
import org.gavel.protocol.wire.Message;

/** The production election of one member. */
final class ElectionSubject implements Subject, ElectionListener {
    /** The listener was told of a nomination of this member. */
    record Nominated(long epoch) { }

    /** The listener was told of another's. */
    record Elected(long epoch, int leader) { }

    /** The listener was told that an epoch brought nothing. */
    record NoResult(long epoch) { }

    /**
     * @param leader    uid, or 0
     * @param tokenTo   uid of the member that has not acknowledged a token, or 0
     * @param electedTo the same of an announcement
     */
    record Facts(ElectionState state, long epoch, int leader, int tokenTo, int electedTo, long tokenNumber,
                 long electedNumber) {
        boolean awaits(long number) {
            return number == tokenNumber || number == electedNumber;
        }

        /** Whom the timer of a hop waits for; 0 for other timers. */
        int awaited(String timer) {
            return timer.equals("TOKEN") ? tokenTo : timer.equals("ELECTED") ? electedTo : 0;
        }
    }

    private static final ViewId VIEW = new ViewId(7, 1, 1);

    private final SmallHost host;
    private final LcrElection election;
    private final List<NodeRef> ring;
    private final Hearing hearing;
    private List<Object> seen = new ArrayList<>();

    /** Whether hops may arrive twice. */
    enum Hearing {
        /** They may; what was heard counts. */
        TWICE,
        /** They may not, and one that does ends the search. */
        ONCE_ASKED,
        /** They may not, so what was heard need not be remembered: else states that differ by that alone would be two. */
        ONCE
    }

    ElectionSubject(List<NodeRef> ring, int place, int resendsMax, Hearing hearing) {
        this.ring = ring;
        this.hearing = hearing;
        NodeRef self = ring.get(place);
        host = new SmallHost(self, false);
        election = new LcrElection(5, self, host, host, this, new ElectionSettings(50, resendsMax, 1_000, 2_000, 100));
        Set<Uid> all = ring.stream().map(NodeRef::uid).collect(Collectors.toSet());
        host.pass(() -> election.installRing(VIEW, ring, all));
    }

    @Override
    public void apply(Stimulus stimulus) {
        if (stimulus instanceof Stimulus.Deliver deliver) {
            NodeRef from = ring.stream().filter(r -> r.uid().value() == deliver.from() + 1).findFirst().orElseThrow();
            if (hearing == Hearing.ONCE_ASKED) {
                askWhetherNew(from, deliver.message());
            }
            host.pass(() -> election.onMessage(from.peer(), deliver.message()));
        } else if (stimulus instanceof Stimulus.Fire fire) {
            host.fire(fire.timer());
        } else if (stimulus instanceof Stimulus.Call call) {
            host.pass(() -> {
                if (call.what().equals("start")) {
                    election.start(call.first(), "");
                } else {
                    election.dead(new Uid(call.first()));
                }
            });
        }
        if (hearing == Hearing.ONCE) {
            heard().clear();
        }
    }

    private Set<?> heard() {
        return (Set<?>) field(field(election, "gate"), "seen");
    }

    private void askWhetherNew(NodeRef from, Message message) {
        long number = message instanceof Message.Token token ? token.number() : message instanceof Message.Elected elected ? elected.number() : -1;
        if (heard().stream().anyMatch(hop -> field(hop, "from").equals(from.peer()) && (long) field(hop, "number") == number)) {
            throw new IllegalStateException("arrives twice, which this world was said to rule out: " + message);
        }
    }

    @Override
    public List<Sent> takeSent() {
        return host.takeSent();
    }

    @Override
    public List<Object> takeSeen() {
        List<Object> taken = seen;
        seen = new ArrayList<>();
        return taken;
    }

    @Override
    public Collection<String> timers() {
        return host.timers();
    }

    @Override
    public void describe(Fingerprint out) {
        out.any(election);
        out.any(host.timers());
    }

    @Override
    public Object facts() {
        ElectionStatus status = election.status();
        Object[] hops = (Object[]) field(field(election, "hops"), "underWay");
        return new Facts(status.state(), status.epoch(), (int) status.leader().value(), target(hops[0]), target(hops[1]),
                number(hops[0]), number(hops[1]));
    }

    private static int target(Object hop) {
        return hop == null ? 0 : (int) ((NodeRef) field(hop, "to")).uid().value();
    }

    private static long number(Object hop) {
        return hop == null ? -1 : (long) field(hop, "number");
    }

    private static Object field(Object of, String name) {
        try {
            Field field = of.getClass().getDeclaredField(name);
            field.setAccessible(true);
            return field.get(of);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the production class has changed", e);
        }
    }

    @Override
    public void onNominated(long epoch) {
        seen.add(new Nominated(epoch));
    }

    @Override
    public void onElected(long epoch, Uid leader) {
        seen.add(new Elected(epoch, (int) leader.value()));
    }

    @Override
    public void onNoResult(long epoch) {
        seen.add(new NoResult(epoch));
    }
}
