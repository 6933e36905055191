package org.gavel.node.simulation.campaign;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.gavel.node.simulation.Operation;
import org.gavel.node.simulation.OperationObserver;
import org.gavel.node.simulation.SimulatedClient;
import org.gavel.node.simulation.World;
import org.gavel.protocol.client.AuctionEvent;
import org.gavel.protocol.client.StartResult;

/**
 * Now and then one customer starts what another one starts in the same moment, joins the auction that comes of it, and bids around its end. Drawn from dice of its
 * own: a run without a rival is what it was.
 */
final class Rivals implements OperationObserver {
    private static final int ONE_START_IN = 6;
    private static final long START_WITHIN_MS = 20;
    /** Around the end as the rival knows it, ms. */
    private static final long[] SNIPES_MS = {-60, -2, 0, 3, 40};
    /** Each bid before an end may move it, and be answered by as many more: the auction has to end all the same. */
    private static final int ENDS_MAX = 4;
    private static final long ABOVE_CENTS_MAX = 5_000;

    private final World world;
    private final long stopsAtMs;
    private final int underWayMax;
    private final Map<String, Set<String>> joined;
    private final Coverage coverage;
    private final SplittableRandom dice;
    /** By the item that it wants. */
    private final Map<String, SimulatedClient> rivals = new HashMap<>();
    /** The ends around which it bids, by rival and auction. */
    private final Map<String, Set<Long>> ends = new HashMap<>();

    /** @param joined by client: what it takes part in, shared with {@link Customers} */
    Rivals(World world, long seed, long stopsAtMs, int underWayMax, Map<String, Set<String>> joined, Coverage coverage) {
        this.world = world;
        this.stopsAtMs = stopsAtMs;
        this.underWayMax = underWayMax;
        this.joined = joined;
        this.coverage = coverage;
        dice = new SplittableRandom(seed * 53 + 11);
        world.observe(this);
    }

    private boolean mayAct(SimulatedClient client) {
        return client.host().isAlive() && world.nowMs() < stopsAtMs && client.unanswered() < underWayMax;
    }

    /** Somebody is asked to start the item. Whoever is no customer (a test's own client) is left alone. */
    void onStart(SimulatedClient seller, String itemId, long durationMs) {
        List<SimulatedClient> others = world.clients().stream().filter(c -> c != seller && joined.containsKey(c.name()) && mayAct(c)).toList();
        if (dice.nextInt(ONE_START_IN) == 0 && !others.isEmpty()) {
            SimulatedClient rival = FaultDriver.pick(others, dice);
            rivals.put(itemId, rival);
            world.in(dice.nextLong(START_WITHIN_MS), () -> rival.host().execute(() -> rival.start(itemId, durationMs)));
        }
    }

    @Override
    public void onOk(Operation operation, Object result) {
        SimulatedClient rival = operation.kind() == Operation.Kind.START ? rivals.get(operation.auctionId()) : null;
        if (rival != null && result instanceof StartResult started && mayAct(rival) && joined.get(rival.name()).add(started.auctionId())) {
            rival.host().execute(() -> rival.join(started.auctionId()));
        }
    }

    @Override
    public void onFail(Operation operation, String reason) {
        onInfo(operation, reason);
    }

    @Override
    public void onInfo(Operation operation, String reason) {
        SimulatedClient rival = operation.kind() == Operation.Kind.START ? rivals.get(operation.auctionId()) : null;
        if (rival != null) {
            coverage.count("rival start refused");
        }
    }

    @Override
    public void onEvent(String process, AuctionEvent event) {
        long endsAtMs = event.outcome().endsAtMs();
        SimulatedClient rival = rivals.values().stream().filter(r -> r.name().equals(process)).findFirst().orElse(null);
        if (rival != null && endsAtMs > event.timeMs() && mayBidAround(endsAtMs, process + " " + event.auctionId())) {
            long minimumCents = Math.max(1, event.outcome().minimumCents());
            for (long snipe : SNIPES_MS) {
                long amountCents = minimumCents + dice.nextLong(ABOVE_CENTS_MAX);
                world.in(Math.max(0, endsAtMs - event.timeMs() + snipe), () -> bid(rival, event.auctionId(), amountCents));
            }
        }
    }

    private boolean mayBidAround(long endsAtMs, String rivalAndAuction) {
        Set<Long> known = ends.computeIfAbsent(rivalAndAuction, key -> new HashSet<>());
        return known.size() < ENDS_MAX && known.add(endsAtMs);
    }

    private void bid(SimulatedClient rival, String auctionId, long amountCents) {
        if (mayAct(rival) && joined.get(rival.name()).contains(auctionId)) {
            coverage.count("rival bid around the end");
            rival.host().execute(() -> rival.bid(auctionId, amountCents));
        }
    }
}
