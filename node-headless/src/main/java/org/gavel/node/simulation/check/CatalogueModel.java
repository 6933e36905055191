package org.gavel.node.simulation.check;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.gavel.node.directory.RingCommand;
import org.gavel.node.directory.RingOutcome;
import org.gavel.node.directory.RingState;
import org.gavel.node.replication.Configuration;
import org.gavel.protocol.auction.Outcome;
import org.gavel.protocol.identity.ViewId;
import org.gavel.protocol.wire.LogEntry;
import org.gavel.protocol.wire.MalformedException;

/**
 * The catalogue's rules a second time, fed with the committed entries of one foundation: an item is claimed by at most one auction and sold at most once
 * (invariant 7). Counts what the directory went through.
 */
final class CatalogueModel {
    private final GroupKey key;
    /** Who holds each claimed item. */
    private final Map<String, String> claimedBy = new HashMap<>();
    private final Map<String, String> itemOf = new LinkedHashMap<>();
    private final Map<String, String> soldIn;
    private final Map<String, Integer> counts;
    private final LapseCheck lapses;
    private long lastView;

    /**
     * @param soldIn item to auction, of the whole world
     * @param counts of accepted commands by their word, of the whole world
     * @param lapses of the whole world
     */
    CatalogueModel(GroupKey key, Map<String, String> soldIn, Map<String, Integer> counts, LapseCheck lapses) {
        this.key = key;
        this.soldIn = soldIn;
        this.counts = counts;
        this.lapses = lapses;
    }

    void apply(Committed committed) {
        LogEntry entry = committed.entry();
        if (entry.kind() == LogEntry.Kind.EMPTY) {
            return;
        }
        try {
            RingOutcome outcome = RingOutcome.fromJson(committed.outcome());
            if (entry.kind() == LogEntry.Kind.CONFIG) {
                counts.merge("ring view", 1, Integer::sum);
                checkView(entry);
            } else if (outcome.accepted() && !outcome.repeat()) {
                counts.merge("ring " + outcome.type(), 1, Integer::sum);
                accept(entry, RingCommand.parse(entry.body()), outcome);
            }
        } catch (MalformedException e) {
            throw new Violation(InvariantNames.NO_EXCEPTION, key + ": " + entry + " cannot be read: " + e.getMessage());
        }
    }

    private void checkView(LogEntry entry) throws MalformedException {
        ViewId view = RingState.readPayload(Configuration.of(entry).payload()).id();
        if (view.number() <= lastView) {
            throw new Violation(InvariantNames.VIEWS_FOLLOW, key + ": " + entry + " installs view " + view + ", number " + lastView + " was installed before");
        }
        lastView = view.number();
    }

    private void accept(LogEntry entry, RingCommand command, RingOutcome outcome) throws MalformedException {
        if (command instanceof RingCommand.Claim claim) {
            claim(entry, claim.start().itemId(), outcome.auctionId());
        } else if (command instanceof RingCommand.Settle settle) {
            settle(entry, outcome.auctionId(), Outcome.fromJson(settle.result()));
        } else if (command instanceof RingCommand.Lapse lapse) {
            claimedBy.remove(itemOf.getOrDefault(lapse.auctionId(), ""), lapse.auctionId());
            lapses.lapsed(key.foundation(), lapse.auctionId());
        } else if (command instanceof RingCommand.Release release) {
            claimedBy.remove(release.itemId());
        }
    }

    private void claim(LogEntry entry, String itemId, String auctionId) {
        String holder = claimedBy.putIfAbsent(itemId, auctionId);
        if (holder != null) {
            throw new Violation(InvariantNames.SOLD_ONCE, key + ": " + entry + " claims " + itemId + " for " + auctionId + ", " + holder + " holds it");
        }
        if (soldIn.containsKey(itemId)) {
            throw new Violation(InvariantNames.SOLD_ONCE, key + ": " + entry + " claims " + itemId + " for " + auctionId + ", it was sold in " + soldIn.get(itemId));
        }
        if (itemOf.put(auctionId, itemId) != null) {
            throw new Violation(InvariantNames.SOLD_ONCE, key + ": " + entry + " names an auction " + auctionId + " a second time");
        }
    }

    private void settle(LogEntry entry, String auctionId, Outcome result) {
        String itemId = itemOf.get(auctionId);
        if (itemId == null || !auctionId.equals(claimedBy.get(itemId))) {
            return; // released by the operator meanwhile: the item has gone another way
        }
        if (result.sold()) {
            sell(entry, itemId, auctionId);
        } else if (result.type().equals("closed")) {
            claimedBy.remove(itemId);
        }
    }

    private void sell(LogEntry entry, String itemId, String auctionId) {
        String before = soldIn.putIfAbsent(itemId, auctionId);
        if (before != null && !before.equals(auctionId)) {
            throw new Violation(InvariantNames.SOLD_ONCE, key + ": " + entry + " sells " + itemId + " in " + auctionId + ", it was sold in " + before);
        }
    }
}
