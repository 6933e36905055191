package org.gavel.desktop.testing;

import java.util.List;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.monitor.NodeStatus;

/** Statuses of a made-up ring. */
public final class Statuses {
    public static final List<String> NAMES = List.of("birch", "cedar", "amber", "delta", "ember", "fjord", "grove", "haven");
    private static final long STEP = 0x1111_0000_0000_0000L;

    private Statuses() { }

    /** The i-th node's uid; the first has the highest. */
    public static Uid uid(int i) {
        return new Uid(0xF000_0000_0000_0000L - i % 14 * STEP + i / 14 + 1);
    }

    public static String name(int i) {
        return i < NAMES.size() ? NAMES.get(i) : NAMES.get(i % NAMES.size()) + i / NAMES.size();
    }

    /** The i-th of a settled ring whose INM is the first. */
    public static NodeStatus member(int i, int ringSize) {
        return of(i, ringSize, i == 0 ? "inm" : "idle", "", null);
    }

    /** The i-th of the ring, with a duty. */
    public static NodeStatus of(int i, int ringSize, String role, String auctionId, NodeStatus.LogStatus log) {
        String successor = uid((i + 1) % ringSize).toString();
        String predecessor = uid((i + ringSize - 1) % ringSize).toString();
        return new NodeStatus(uid(i).toString(), name(i), "127.0.0.1:" + (40_000 + i), 1, "member", role, auctionId, "1.1", 1, uid(0).toString(), false,
            successor, predecessor, List.of(), "IDLE", null, log, List.of(), 10, 0, 1_000_000);
    }

    /** The same node, naming other suspects and another INM. */
    public static NodeStatus with(NodeStatus s, String role, String inm, List<String> suspicions, boolean caretaker) {
        return new NodeStatus(s.uid(), s.name(), s.address(), s.incarnation(), s.phase(), role, s.auctionId(), s.view(), s.epoch(), inm, caretaker,
            s.successor(), s.predecessor(), suspicions, s.election(), s.ringLog(), s.auction(), s.lastHeardMs(), s.datagramsSent(), s.datagramsResent(),
            s.sentAtMs());
    }
}
