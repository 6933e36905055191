package org.gavel.desktop.testing;

import java.util.List;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.monitor.NodeStatus;

/** Statuses of a made-up ring. */
public final class Statuses {
    public static final List<String> NAMES = List.of("birch", "cedar", "amber", "delta", "ember", "fjord", "grove", "haven");
    private static final long STEP = 0x1111_0000_0000_0000L;

    private static final NodeStatus.Details DETAILS = details(true);

    private Statuses() { }

    /** Details of a quiet node. */
    public static NodeStatus.Details details(boolean allowFaults) {
        return new NodeStatus.Details(allowFaults, 2_000,
            List.of(new NodeStatus.ElectionReport(1, "idle", "1.1", 1, true, "", "", 0, 0, 0, uid(1).toString(), "")),
            new NodeStatus.LinkReport(20, 15, 0, 3, 0, 0, 4, 210), new NodeStatus.LogReport(1, 1, uid(0).toString(), List.of()), null, -1, List.of());
    }

    /** The same node, started with or without {@code --allow-faults}. */
    public static NodeStatus allowingFaults(NodeStatus s, boolean allowFaults) {
        return new NodeStatus(s.uid(), s.name(), s.address(), s.incarnation(), s.phase(), s.role(), s.auctionId(), s.view(), s.epoch(), s.inm(),
            s.caretaker(), s.successor(), s.predecessor(), s.suspicions(), s.election(), s.ringLog(), s.auction(), s.lastHeardMs(), s.datagramsSent(),
            s.datagramsResent(), s.sentAtMs(), details(allowFaults));
    }

    /** The same node under another name. */
    public static NodeStatus named(NodeStatus s, String name) {
        return new NodeStatus(s.uid(), name, s.address(), s.incarnation(), s.phase(), s.role(), s.auctionId(), s.view(), s.epoch(), s.inm(),
            s.caretaker(), s.successor(), s.predecessor(), s.suspicions(), s.election(), s.ringLog(), s.auction(), s.lastHeardMs(), s.datagramsSent(),
            s.datagramsResent(), s.sentAtMs(), s.details());
    }

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
            successor, predecessor, List.of(), "IDLE", null, log, List.of(), 10, 0, 1_000_000, DETAILS);
    }

    /** The same node, naming other suspects and another INM. */
    public static NodeStatus with(NodeStatus s, String role, String inm, List<String> suspicions, boolean caretaker) {
        return new NodeStatus(s.uid(), s.name(), s.address(), s.incarnation(), s.phase(), role, s.auctionId(), s.view(), s.epoch(), inm, caretaker,
            s.successor(), s.predecessor(), suspicions, s.election(), s.ringLog(), s.auction(), s.lastHeardMs(), s.datagramsSent(), s.datagramsResent(),
            s.sentAtMs(), s.details());
    }
}
