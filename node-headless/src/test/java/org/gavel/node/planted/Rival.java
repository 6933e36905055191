package org.gavel.node.planted;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.gavel.node.simulation.Operation;
import org.gavel.node.simulation.OperationObserver;
import org.gavel.node.simulation.SimulatedClient;
import org.gavel.node.simulation.SimulatedNode;
import org.gavel.node.simulation.World;
import org.gavel.protocol.client.AuctionEvent;
import org.gavel.protocol.client.StartResult;

/**
 * One more customer of a simulated world: starts whatever another one starts at the same time, and bids in the last moment, too late, and in vain. Where it goes, the
 * INM and one node lose sight of each other while an auction begins, for longer than the INM waits for its active.
 */
final class Rival implements OperationObserver {
    private static final String NAME = "rival";
    private static final long START_WITHIN_MS = 20;
    private static final long DURATION_MS = 15_000;
    private static final long OUT_OF_SIGHT_MS = 14_000;
    private static final long FAULTS_UNTIL_MS = 45_000;
    /** Around the end as it is known, ms. */
    private static final long[] SNIPES_MS = {-900, -60, -2, 0, 1, 3, 10, 40};

    private final World world;
    private final SplittableRandom dice;
    private final SimulatedClient self;
    private final Set<String> snipes = new HashSet<>();

    private Rival(World world, long seed) {
        this.world = world;
        dice = new SplittableRandom(seed * 53 + 11);
        self = world.newClient(NAME);
        world.observe(this);
    }

    static void enter(World world, long seed) {
        new Rival(world, seed);
    }

    @Override
    public void onInvoke(Operation operation) {
        if (operation.kind() == Operation.Kind.START && !operation.process().equals(NAME) && dice.nextInt(3) == 0) {
            world.in(dice.nextLong(START_WITHIN_MS), () -> self.host().execute(() -> self.start(operation.auctionId(), DURATION_MS)));
        }
        if (operation.kind() == Operation.Kind.START && world.nowMs() < FAULTS_UNTIL_MS) {
            world.in(dice.nextLong(START_WITHIN_MS), this::blindManager);
        }
    }

    private void blindManager() {
        SimulatedNode manager = world.manager();
        List<SimulatedNode> others = world.livingNodes().stream().filter(n -> n != manager).toList();
        if (manager != null && !others.isEmpty()) {
            SimulatedNode other = others.get(dice.nextInt(others.size()));
            world.network().partition(List.of(manager.host()), List.of(other.host()));
            world.in(OUT_OF_SIGHT_MS, () -> {
                world.network().mend(manager.host(), other.host());
                world.network().mend(other.host(), manager.host());
            });
        }
    }

    @Override
    public void onOk(Operation operation, Object result) {
        if (result instanceof StartResult started) {
            self.host().execute(() -> self.join(started.auctionId()));
        }
    }

    @Override
    public void onEvent(String process, AuctionEvent event) {
        long endsAtMs = event.outcome().endsAtMs();
        if (process.equals(NAME) && endsAtMs > event.timeMs() && snipes.add(event.auctionId() + " " + endsAtMs)) {
            long minimumCents = Math.max(1, event.outcome().minimumCents());
            for (long snipe : SNIPES_MS) {
                world.in(Math.max(0, endsAtMs - event.timeMs() + snipe), () -> bid(event.auctionId(), snipe < -100 ? 1 : minimumCents + dice.nextLong(50_000)));
            }
        }
    }

    private void bid(String auctionId, long amountCents) {
        self.host().execute(() -> self.bid(auctionId, amountCents));
    }
}
