package org.gavel.node.simulation.check;

import java.util.HashMap;
import java.util.Map;
import org.gavel.protocol.monitor.TraceEvent;

/**
 * Messages of the elections of auctions' first actives while nothing disturbs the network: at most n(n+1)/2 tokens (invariant 10). An election that a fault
 * falls into is not counted.
 */
final class ElectionCost {
    private static final int MEMBERS_MAX = 4;

    private static final class Round {
        private int tokens;
        private boolean disturbed;
    }

    private final Map<Long, Round> rounds = new HashMap<>();
    private boolean disturbed;
    private int measured;

    /** Whether anything disturbs nodes or network from now on. */
    void disturbed(boolean now) {
        disturbed = now;
        if (now) {
            rounds.values().forEach(r -> r.disturbed = true);
        }
    }

    /** Elections counted so far. */
    int measured() {
        return measured;
    }

    void traced(TraceEvent event) {
        if (!event.protocol().equals("election") || event.group() <= org.gavel.protocol.link.Links.RING_GROUP) {
            return;
        }
        switch (event.kind()) {
            case "started", "token-sent" -> {
                Round round = rounds.computeIfAbsent(event.group(), group -> new Round());
                round.disturbed |= disturbed;
                round.tokens += event.kind().equals("token-sent") ? 1 : 0;
            }
            case "nominated" -> judge(event, rounds.get(event.group()));
            default -> { }
        }
    }

    private void judge(TraceEvent event, Round round) {
        if (round != null && !round.disturbed) {
            measured++;
            int max = MEMBERS_MAX * (MEMBERS_MAX + 1) / 2;
            if (round.tokens > max) {
                throw new Violation(InvariantNames.LCR_COST, "the election of group " + event.group() + " took " + round.tokens + " tokens among " + MEMBERS_MAX
                    + " at most, without a fault; n(n+1)/2 is " + max);
            }
            round.disturbed = true; // a later one has other members, and may repair
        }
    }
}
