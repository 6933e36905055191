package org.gavel.protocol.link;

import java.util.function.Consumer;
import org.gavel.protocol.host.Host;
import org.gavel.protocol.identity.Address;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;

/** Both directions of the link to one start of one peer. Each direction has its own link number, so that both ends may open at once. */
final class Link {
    final PeerId peer;
    final SendHalf send;
    final ReceiveHalf receive;
    /** As the layer above last named it; null while only the peer has sent. */
    NodeRef ref;
    /** Where its last datagram came from. */
    Address heardAt;
    long touchedMs;
    /** It stands in the list of those to be flushed. */
    boolean dirty;

    private final Runnable onTimer;
    private Host.Cancellable timer;
    private long timerAtMs = SendHalf.NEVER;

    /** @param task what to do when a deadline has come */
    Link(PeerId peer, LinkSettings settings, ReceiveHalf.EarlyBytes earlyBytes, Consumer<Link> task) {
        this.peer = peer;
        receive = new ReceiveHalf(earlyBytes);
        onTimer = () -> runTimer(task);
        send = new SendHalf(settings);
    }

    /** The address the layer above gave; only where it gave none, the one that a datagram came from. */
    Address address() {
        return ref == null || ref.address().equals(Address.NONE) ? heardAt : ref.address();
    }

    /**
     * Sees to it that the task runs not later than the earliest deadline. A timer that comes too early is left to run and armed again
     * then: deadlines move with every datagram, timers need not.
     */
    void arm(Host host) {
        long next = Math.min(Math.min(receive.ackAtMs, send.resendAtMs()), Math.min(send.announceAtMs(), send.reportAtMs()));
        if (next < timerAtMs) {
            disarm();
            timerAtMs = next;
            timer = host.schedule(Math.max(0, next - host.nowMs()), onTimer);
        }
    }

    private void runTimer(Consumer<Link> task) {
        timer = null;
        timerAtMs = SendHalf.NEVER;
        task.accept(this);
    }

    void disarm() {
        if (timer != null) {
            timer.cancel();
            timer = null;
            timerAtMs = SendHalf.NEVER;
        }
    }
}
