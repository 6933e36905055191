package org.gavel.node.simulation.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.gavel.node.server.VerdictWatcher;
import org.gavel.node.simulation.SimulatedNode;
import org.gavel.node.simulation.World;
import org.gavel.protocol.ring.RingView;
import org.gavel.protocol.wire.Message;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The check of the verdicts' multicast, fed with what three nodes of a small world might deliver. */
class MulticastCheckTest {
    private static final World WORLD = new World(7).startNodes(3);
    private static RingView view;

    private final List<Violation> complaints = new ArrayList<>();
    private long nowMs;
    private final MulticastCheck check = new MulticastCheck(() -> nowMs, complaints::add);
    private final List<SimulatedNode> nodes = WORLD.nodes();
    private final VerdictWatcher amber = seat(0);
    private final VerdictWatcher birch = seat(1);
    private final VerdictWatcher cedar = seat(2);

    @BeforeAll
    static void found() {
        assertThat(WORLD.runUntil(WORLD::isSettled, 30_000)).isTrue();
        view = WORLD.manager().inside().view();
    }

    private VerdictWatcher seat(int node) {
        VerdictWatcher watcher = check.watcher(nodes.get(node));
        watcher.onSeat();
        watcher.onView(view);
        return watcher;
    }

    private Message.Multicast ofAmber(long number, int content) {
        return new Message.Multicast(nodes.get(0).self().peer(), view.id(), number, 0, new byte[] {(byte) content});
    }

    private void tell(Message.Multicast message, VerdictWatcher... members) {
        for (VerdictWatcher member : members) {
            member.onDelivered(message);
        }
    }

    private void assertComplaint(String invariant) {
        assertThat(complaints).hasSize(1).allSatisfy(v -> assertThat(v.invariant()).as(v.getMessage()).isEqualTo(invariant));
    }

    @Test
    void shouldBeContentWhenAllDeliverAllInOrder() {
        tell(ofAmber(1, 5), amber, birch, cedar);
        tell(ofAmber(2, 6), amber, cedar, birch);
        nowMs = MulticastCheck.UNDER_WAY_MS;
        check.judge();
        assertThat(complaints).isEmpty();
        assertThat(check.agreed()).isEqualTo(6);
    }

    @Test
    void shouldComplainOfOneThatIsDeliveredTwice() {
        tell(ofAmber(1, 5), amber, birch, birch);
        assertComplaint(InvariantNames.FIFO);
    }

    @Test
    void shouldComplainOfAGap() {
        tell(ofAmber(1, 5), amber, birch);
        tell(ofAmber(2, 5), amber);
        tell(ofAmber(3, 5), amber, birch);
        assertComplaint(InvariantNames.FIFO);
    }

    @Test
    void shouldComplainOfOneThatItsOriginHasNotSent() {
        tell(ofAmber(1, 5), birch);
        assertComplaint(InvariantNames.FIFO);
    }

    @Test
    void shouldComplainOfOtherContentUnderTheSameNumber() {
        tell(ofAmber(1, 5), amber);
        tell(ofAmber(1, 6), birch);
        assertComplaint(InvariantNames.AGREEMENT);
    }

    @Test
    void shouldComplainAtTheEndOfACorrectMemberThatLacksWhatAnotherHas() {
        tell(ofAmber(1, 5), amber, birch);
        nowMs = MulticastCheck.UNDER_WAY_MS - 1;
        check.judge();
        assertThat(complaints).as("it may be under way").isEmpty();
        nowMs++;
        check.judge();
        assertComplaint(InvariantNames.AGREEMENT);
    }

    @Test
    void shouldAskNothingOfOneThatHasGivenItsSeatUpAndTakenAnother() {
        tell(ofAmber(1, 5), amber, birch);
        cedar.onSeat();
        nowMs = MulticastCheck.UNDER_WAY_MS;
        check.judge();
        assertThat(complaints).isEmpty();
    }
}
