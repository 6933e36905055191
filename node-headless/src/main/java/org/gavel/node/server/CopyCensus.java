package org.gavel.node.server;

import java.util.LinkedHashMap;
import java.util.Map;
import org.gavel.node.directory.DirectoryEntry;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;

/**
 * What the nodes of running auctions tell the INM of copies that are gone (protocol.md section 9, 'No quorum'). One node's word cancels nothing: it may know an old
 * configuration only, whose acceptors were all replaced before they ended. But the ring named every acceptor before it became one; so once each node that the ring
 * names has ended, or does not count, or finds too few copies itself, none is left that could go on.
 */
final class CopyCensus {
    /** So many heartbeats a word counts; it is repeated at each. */
    private static final int FRESH_BEATS = 3;

    private final NodeContext context;
    private final RingGroup ring;
    /** By auction; the ring bounds these, and the nodes of each ({@link DirectoryEntry.Group#MEMBERS_MAX}). */
    private final Map<String, Map<PeerId, Long>> saidAtMs = new LinkedHashMap<>();

    CopyCensus(NodeContext context, RingGroup ring) {
        this.context = context;
        this.ring = ring;
    }

    /** That node says that the auction cannot count on it: it has no copy, is in no configuration that it knows, or finds too few copies left. */
    void leftOut(DirectoryEntry auction, NodeRef node) {
        if (!auction.stage().isOver() && auction.group().members().stream().anyMatch(m -> m.sameStart(node))) {
            saidAtMs.computeIfAbsent(auction.auctionId(), id -> new LinkedHashMap<>()).put(node.peer(), context.host().nowMs());
        }
    }

    /** True if nobody whom the ring names can go on with that auction. */
    boolean isHopeless(DirectoryEntry auction) {
        Map<PeerId, Long> said = saidAtMs.getOrDefault(auction.auctionId(), Map.of());
        long freshFromMs = context.host().nowMs() - FRESH_BEATS * context.settings().heartbeatMs();
        return auction.group().members().stream().allMatch(m -> ring.isKnownEnded(m) || said.getOrDefault(m.peer(), Long.MIN_VALUE) >= freshFromMs);
    }

    /** Every heartbeat: forgets what is over, and who is named no more. */
    void beat() {
        saidAtMs.entrySet().removeIf(said -> {
            DirectoryEntry auction = ring.state().auction(said.getKey()).filter(a -> !a.stage().isOver()).orElse(null);
            if (auction != null) {
                said.getValue().keySet().removeIf(peer -> auction.group().members().stream().noneMatch(m -> m.peer().equals(peer)));
            }
            return auction == null;
        });
    }

    void stop() {
        saidAtMs.clear();
    }
}
