package org.gavel.node.server;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.gavel.node.directory.DirectoryEntry;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;

/**
 * What the nodes of running auctions tell the INM of copies that are gone (protocol.md section 9, 'No quorum'; docs/decisions/0005). One node's word cancels nothing: it may
 * know an old configuration only, whose acceptors were all replaced before they ended. But the ring named every acceptor before it became one; so once each node that the
 * ring names has ended, or does not count, or finds too few copies itself, none is left that could go on.
 * <p>Words are given one after the other, and a node that has said that it does not count may be made to count by the next message. So all are heard twice: once
 * everyone has agreed, everyone who lives must say so again.
 */
final class CopyCensus {
    /** So many heartbeats a word counts; it is repeated at each. */
    private static final int FRESH_BEATS = 3;

    /** What was said of one auction. */
    private static final class Words {
        final Map<PeerId, Long> saidAtMs = new HashMap<>();
        /** Those who had to agree by a word when all had agreed for the first time; null before. */
        Set<PeerId> agreed;
        long agreedAtMs;
    }

    private final NodeContext context;
    private final RingGroup ring;
    /** By auction; the ring bounds these, and the nodes of each ({@link DirectoryEntry.Group#MEMBERS_MAX}). */
    private final Map<String, Words> auctions = new LinkedHashMap<>();

    CopyCensus(NodeContext context, RingGroup ring) {
        this.context = context;
        this.ring = ring;
    }

    /** That node says that the auction cannot count on it: it has no copy, is in no configuration that it knows, or finds too few copies left. */
    void leftOut(DirectoryEntry auction, NodeRef node) {
        if (!auction.stage().isOver() && auction.group().members().stream().anyMatch(m -> m.sameStart(node))) {
            auctions.computeIfAbsent(auction.auctionId(), id -> new Words()).saidAtMs.put(node.peer(), context.host().nowMs());
        }
    }

    /** True if nobody whom the ring names can go on with that auction. To be asked at each word that cancels. */
    boolean isHopeless(DirectoryEntry auction) {
        Words words = auctions.computeIfAbsent(auction.auctionId(), id -> new Words());
        long nowMs = context.host().nowMs();
        if (!haveAllSaidSince(nowMs - FRESH_BEATS * context.settings().heartbeatMs(), auction, words, Set.of())) {
            words.agreed = null;
        } else if (words.agreed == null) {
            words.agreed = new HashSet<>();
            auction.group().members().stream().filter(m -> !ring.isKnownEnded(m)).forEach(m -> words.agreed.add(m.peer()));
            words.agreedAtMs = nowMs;
        } else {
            return haveAllSaidSince(words.agreedAtMs + 1, auction, words, words.agreed);
        }
        return false;
    }

    /** @param asked whose end is no answer: it may have accepted a bid in between, together with one who has spoken before */
    private boolean haveAllSaidSince(long fromMs, DirectoryEntry auction, Words words, Set<PeerId> asked) {
        return auction.group().members().stream().allMatch(m -> words.saidAtMs.getOrDefault(m.peer(), Long.MIN_VALUE) >= fromMs
            || ring.isKnownEnded(m) && !asked.contains(m.peer()));
    }

    /** Every heartbeat: forgets what is over, and who is named no more. */
    void beat() {
        auctions.entrySet().removeIf(entry -> {
            DirectoryEntry auction = ring.state().auction(entry.getKey()).filter(a -> !a.stage().isOver()).orElse(null);
            if (auction != null) {
                entry.getValue().saidAtMs.keySet().removeIf(peer -> auction.group().members().stream().noneMatch(m -> m.peer().equals(peer)));
            }
            return auction == null;
        });
    }

    void stop() {
        auctions.clear();
    }
}
