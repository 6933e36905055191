package org.gavel.node.server;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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
        /** Known ended to one that finds too few copies left. */
        final Set<PeerId> ended = new HashSet<>();
        /** Those who had to agree by a word when all had agreed for the first time; null before. */
        Set<PeerId> agreed;
        long agreedAtMs;
        /** Of those who find too few copies left, what the one says that knows of most bids: the last committed price. */
        String result = "";
        long bids = -1;
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
        if (isNamed(auction, node)) {
            auctions.computeIfAbsent(auction.auctionId(), id -> new Words()).saidAtMs.put(node.peer(), context.host().nowMs());
        }
    }

    /** One that finds too few copies left says that this node has ended. */
    void ended(DirectoryEntry auction, NodeRef node) {
        if (isNamed(auction, node)) {
            auctions.computeIfAbsent(auction.auctionId(), id -> new Words()).ended.add(node.peer());
        }
    }

    /** It finds too few copies left, and says how the auction stood as far as it knows. */
    void result(DirectoryEntry auction, NodeRef node, String result, long bids) {
        if (isNamed(auction, node)) {
            Words words = auctions.computeIfAbsent(auction.auctionId(), id -> new Words());
            if (bids > words.bids) {
                words.bids = bids;
                words.result = result;
            }
        }
    }

    /** The result that an auction without hope gets. */
    String result(DirectoryEntry auction) {
        return auctions.get(auction.auctionId()).result;
    }

    private static boolean isNamed(DirectoryEntry auction, NodeRef node) {
        return !auction.stage().isOver() && auction.group().members().stream().anyMatch(m -> m.sameStart(node));
    }

    /** True if nobody whom the ring names can go on with that auction. To be asked at each word that cancels. */
    boolean isHopeless(DirectoryEntry auction) {
        if (ring.isPaused()) {
            return false; // what it settles now may be committed much later, when those who could not be heard have gone on
        }
        Words words = auctions.computeIfAbsent(auction.auctionId(), id -> new Words());
        long nowMs = context.host().nowMs();
        if (!haveAllSaidSince(nowMs - FRESH_BEATS * context.settings().heartbeatMs(), auction, words, Set.of())) {
            words.agreed = null;
        } else if (words.agreed == null || hasOneEndedUnheard(auction, words)) {
            words.agreed = new HashSet<>();
            auction.group().members().stream().filter(m -> !hasEnded(m, words)).forEach(m -> words.agreed.add(m.peer()));
            words.agreedAtMs = nowMs;
        } else {
            return haveAllSaidSince(words.agreedAtMs + 1, auction, words, words.agreed);
        }
        return false;
    }

    /** One that had agreed has ended before it said so again: it never will. So all who are left are asked again, now that its end is known. */
    private boolean hasOneEndedUnheard(DirectoryEntry auction, Words words) {
        return auction.group().members().stream().anyMatch(m -> words.agreed.contains(m.peer()) && hasEnded(m, words)
            && words.saidAtMs.getOrDefault(m.peer(), Long.MIN_VALUE) <= words.agreedAtMs);
    }

    private boolean hasEnded(NodeRef node, Words words) {
        return ring.isKnownEnded(node) || words.ended.contains(node.peer());
    }

    /** @param asked whose end is no answer: it may have accepted a bid in between, together with one who has spoken before */
    private boolean haveAllSaidSince(long fromMs, DirectoryEntry auction, Words words, Set<PeerId> asked) {
        return auction.group().members().stream().allMatch(m -> words.saidAtMs.getOrDefault(m.peer(), Long.MIN_VALUE) >= fromMs
            || hasEnded(m, words) && !asked.contains(m.peer()));
    }

    /** Every heartbeat: forgets what is over, and who is named no more. */
    void beat() {
        auctions.entrySet().removeIf(entry -> {
            DirectoryEntry auction = ring.state().auction(entry.getKey()).filter(a -> !a.stage().isOver()).orElse(null);
            if (auction != null) {
                Set<PeerId> named = auction.group().members().stream().map(NodeRef::peer).collect(Collectors.toSet());
                entry.getValue().saidAtMs.keySet().retainAll(named);
                entry.getValue().ended.retainAll(named);
            }
            return auction == null;
        });
    }

    void stop() {
        auctions.clear();
    }
}
