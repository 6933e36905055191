package org.gavel.node.simulation.campaign;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.gavel.node.simulation.Operation;
import org.gavel.node.simulation.OperationObserver;
import org.gavel.node.simulation.SimulatedClient;
import org.gavel.node.simulation.World;
import org.gavel.protocol.auction.Item;
import org.gavel.protocol.client.AuctionEvent;
import org.gavel.protocol.client.StartResult;

/**
 * The clients of a run: they start auctions one after the other, join, bid (mostly what is asked, sometimes less, the same again, or after the end) and leave.
 * Each draws from dice of its own.
 */
final class Customers implements OperationObserver {
    private static final long THINK_MS_MIN = 300;
    private static final long THINK_MS_MAX = 6_000;
    private static final long DURATION_MS_MIN = 12_000;
    private static final long DURATION_MS_MAX = 90_000;
    private static final long SELL_EVERY_MS = 2_500;
    /** A client has so many bids under way at most: without an active they would only pile up. */
    private static final int UNDER_WAY_MAX = 12;
    /** After the faults they go on for a while, then only wait. */
    private static final long GO_ON_MS = 8_000;

    private static final class Lot {
        private long minimumCents = 1_000;
        private boolean over;
    }

    private final World world;
    private final int auctionsWanted;
    private final long stopsAtMs;
    private final SplittableRandom dice;
    private final Map<String, Lot> lots = new LinkedHashMap<>();
    private final Map<Long, Operation> underWay = new LinkedHashMap<>();
    private final Map<String, Set<String>> joined = new HashMap<>();
    private final Coverage coverage;
    private final Rivals rivals;
    private int nextItem;
    private int clients;

    Customers(World world, RunSpec spec, Coverage coverage) {
        this.world = world;
        this.coverage = coverage;
        auctionsWanted = spec.auctions();
        stopsAtMs = spec.quietFromMs() + GO_ON_MS;
        dice = new SplittableRandom(spec.seed() * 31 + 7);
        world.observe(this);
        rivals = new Rivals(world, spec.seed(), stopsAtMs, UNDER_WAY_MAX, joined, coverage);
        for (int i = 0; i < spec.clients(); i++) {
            open(dice.split());
        }
        world.in(SELL_EVERY_MS, this::sell);
    }

    private void open(SplittableRandom own) {
        SimulatedClient client = world.newClient("client-" + ++clients);
        joined.put(client.name(), new HashSet<>());
        think(client, own);
    }

    /** Another process takes the place of one that crashed. */
    void replace(SimulatedClient ended, SplittableRandom own) {
        underWay.values().removeIf(o -> o.process().equals(ended.name()));
        open(own);
    }

    // ---------------------------------------------------------------- what they do

    private void sell() {
        long running = lots.values().stream().filter(l -> !l.over).count();
        long starting = underWay.values().stream().filter(o -> o.kind() == Operation.Kind.START).count();
        List<SimulatedClient> living = world.clients().stream().filter(c -> c.host().isAlive()).toList();
        if (running + starting < auctionsWanted && world.nowMs() < stopsAtMs - GO_ON_MS && !living.isEmpty()) {
            List<Item> items = world.settings().items();
            String itemId = items.get(nextItem++ % items.size()).id();
            long durationMs = DURATION_MS_MIN + dice.nextLong(DURATION_MS_MAX - DURATION_MS_MIN);
            SimulatedClient seller = FaultDriver.pick(living, dice);
            seller.host().execute(() -> seller.start(itemId, durationMs));
            rivals.onStart(seller, itemId, durationMs);
        }
        if (world.nowMs() < stopsAtMs) {
            world.in(SELL_EVERY_MS / 2 + dice.nextLong(SELL_EVERY_MS), this::sell);
        }
    }

    private void think(SimulatedClient client, SplittableRandom own) {
        world.in(THINK_MS_MIN + own.nextLong(THINK_MS_MAX - THINK_MS_MIN), () -> {
            if (client.host().isAlive() && world.nowMs() < stopsAtMs) {
                client.host().execute(() -> act(client, own));
                think(client, own);
            }
        });
    }

    private void act(SimulatedClient client, SplittableRandom own) {
        List<String> known = new ArrayList<>(lots.keySet());
        if (known.isEmpty()) {
            return;
        }
        String auctionId = known.get(Math.max(0, known.size() - 1 - own.nextInt(auctionsWanted + 1)));
        Set<String> takesPart = joined.get(client.name());
        int choice = own.nextInt(100);
        if (choice < 15 && !takesPart.contains(auctionId)) {
            takesPart.add(auctionId);
            client.join(auctionId);
        } else if (choice < 17 && takesPart.contains(auctionId)) {
            client.leave(auctionId);
        } else if (client.unanswered() < UNDER_WAY_MAX) {
            bid(client, auctionId, own);
        }
    }

    private void bid(SimulatedClient client, String auctionId, SplittableRandom own) {
        Lot lot = lots.get(auctionId);
        long minimum = lot.minimumCents;
        long amount = switch (own.nextInt(10)) {
            case 0 -> Math.max(1, minimum - 1 - own.nextLong(500));
            case 1 -> minimum + own.nextLong(5_000);
            default -> minimum;
        };
        client.bid(auctionId, amount);
    }

    // ---------------------------------------------------------------- what they hear

    @Override
    public void onInvoke(Operation operation) {
        underWay.put(operation.id(), operation);
    }

    @Override
    public void onOk(Operation operation, Object result) {
        underWay.remove(operation.id());
        coverage.count("answered " + operation.kind());
        if (result instanceof StartResult started) {
            lots.putIfAbsent(started.auctionId(), new Lot());
        }
    }

    @Override
    public void onFail(Operation operation, String reason) {
        underWay.remove(operation.id());
    }

    @Override
    public void onInfo(Operation operation, String reason) {
        underWay.remove(operation.id());
        coverage.count("unanswered " + operation.kind());
    }

    @Override
    public void onEvent(String process, AuctionEvent event) {
        Lot lot = lots.get(event.auctionId());
        if (lot != null) {
            if (event.outcome().minimumCents() > 0) {
                lot.minimumCents = event.outcome().minimumCents();
            }
            lot.over |= event.type().equals("closed");
        }
    }

    /** Only then it may join again: a second listener of one stream would hear everything twice. */
    @Override
    public void onEnd(String process, String auctionId, boolean failed) {
        joined.getOrDefault(process, new HashSet<>()).remove(auctionId); // a process that is no customer watches, too
    }

    void over(String auctionId) {
        lots.computeIfAbsent(auctionId, id -> new Lot()).over = true;
    }

    /** Calls of living clients that nobody has answered. */
    List<Operation> unanswered() {
        return List.copyOf(underWay.values());
    }
}
