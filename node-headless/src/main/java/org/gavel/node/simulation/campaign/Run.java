package org.gavel.node.simulation.campaign;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.gavel.node.replication.InvariantViolation;
import org.gavel.node.simulation.World;
import org.gavel.node.simulation.WorldSettings;
import org.gavel.node.simulation.check.InvariantNames;
import org.gavel.node.simulation.check.Invariants;
import org.gavel.node.simulation.check.Violation;
import org.gavel.protocol.auction.Item;
import org.gavel.protocol.host.simulation.Faults;
import org.gavel.protocol.identity.Uid;

/** Plays one {@link RunSpec} from the founding to the quiet end. */
public final class Run {
    /** Kept for the report of a failure. */
    public static final int RECENT_EVENTS = 50;
    private static final long HEALED_EVERY_MS = 250;
    private static final long NODE_START_SPREAD_MS = 400;
    private static final int ITEMS = 120;

    private final RunSpec spec;
    private final Coverage coverage = new Coverage();
    private final World world;
    private final Plan plan;
    private final Invariants invariants;
    private final Healing healing;
    private final RunHistory history;

    private Run(RunSpec spec, int recentEvents, Consumer<World> beforehand) {
        this.spec = spec;
        plan = Plan.of(spec);
        world = new World(spec.seed(), WorldSettings.DEFAULTS.withItems(items()).withFounders(plan.founders())
            .withExtendWindowMs(spec.seed() % 3 == 0 ? 3_000 : 0).withRecentEvents(recentEvents));
        invariants = new Invariants(world);
        world.traces(event -> Paths.count(coverage, event));
        history = new RunHistory(world);
        beforehand.accept(world);
        Customers customers = new Customers(world, spec, coverage);
        invariants.onAuctionOver(customers::over);
        Tolerance tolerance = new Tolerance(world);
        healing = new Healing(world, invariants, tolerance, customers);
        Killer killer = new Killer(world, plan, tolerance, invariants, coverage);
        new FaultDriver(world, spec, plan, customers, killer, coverage);
    }

    private static List<Item> items() {
        List<Item> items = new ArrayList<>();
        for (int i = 1; i <= ITEMS; i++) {
            items.add(new Item("lot" + i, "Lot " + i, "", 10_00, 1_00, i % 4 == 0 ? 20_00L : null));
        }
        return items;
    }

    /** Plays it; a failure is played once more with its events kept, unless that would show nothing. */
    public static RunResult of(RunSpec spec) {
        return of(spec, RECENT_EVENTS);
    }

    /** @param recentEvents how many of its last events a failure shows */
    public static RunResult of(RunSpec spec, int recentEvents) {
        return of(spec, recentEvents, world -> { });
    }

    /** @param beforehand sees each world before anything happens in it: to observe it, to add to it */
    public static RunResult of(RunSpec spec, Consumer<World> beforehand) {
        return of(spec, RECENT_EVENTS, beforehand);
    }

    private static RunResult of(RunSpec spec, int recentEvents, Consumer<World> beforehand) {
        RunResult result = new Run(spec, 0, beforehand).play();
        return result.failed() ? new Run(spec, recentEvents, beforehand).play() : result;
    }

    private RunResult play() {
        String invariant = null;
        String sentence = null;
        try {
            playOut();
            history.judge();
        } catch (Violation e) {
            invariant = e.invariant();
            sentence = e.getMessage();
        } catch (InvariantViolation e) {
            invariant = e.invariant();
            sentence = e.getMessage();
        } catch (RuntimeException | AssertionError e) {
            invariant = InvariantNames.NO_EXCEPTION;
            sentence = e + origin(e);
        }
        Paths.count(coverage, world.network().counters());
        invariants.ringCommands().forEach((command, times) -> coverage.count(command, times));
        coverage.count("elections measured without a fault", invariants.electionsMeasured());
        return new RunResult(spec, invariant, sentence, world.nowMs(), world.network().traceHash(), world.network().steps(), coverage, world.recentEvents(),
            invariant == null ? List.of() : world.states(),
            plan.faults().stream().filter(f -> f.atMs() <= world.nowMs()).map(PlannedFault::number).toList(), history.lines());
    }

    private static String origin(Throwable failure) {
        StringBuilder text = new StringBuilder();
        for (StackTraceElement frame : failure.getStackTrace()) {
            if (frame.getClassName().startsWith("org.gavel.node.simulation") || text.length() > 1_500) {
                break;
            }
            text.append("\n    at ").append(frame);
        }
        return text.toString();
    }

    private void playOut() {
        for (int i = 0; i < spec.nodes(); i++) {
            int node = i;
            world.in(Math.floorMod(spec.seed() * 31 + i * 97L, NODE_START_SPREAD_MS), () -> world.startNode(uid(node), plan.machineOf(node)));
        }
        long firstFaultMs = plan.faults().isEmpty() ? spec.quietFromMs() : plan.faults().get(0).atMs();
        world.at(firstFaultMs, () -> invariants.disturbed(true));
        world.run(spec.quietFromMs());
        world.faults(Faults.NONE);
        heal();
    }

    private Uid uid(int node) {
        // Neither in the order of names nor of starts.
        return new Uid((0x0100L + Math.floorMod(node * 37L + spec.seed() * 11, 97) * 0x0100L << 48) + node);
    }

    private void heal() {
        if (!healsWithin(RunSpec.HEALING_MS)) {
            throw new Violation(InvariantNames.HEALS, "30 s after the last fault: " + String.join("; ", healing.problems()));
        }
        coverage.count("auctions beyond what is tolerated", healing.excused().size());
        world.run(Math.max(0, spec.durationMs() - world.nowMs()));
        invariants.judgeMulticasts();
        coverage.count("verdicts agreed on", invariants.multicastsAgreed());
    }

    private boolean healsWithin(long ms) {
        long endMs = world.nowMs() + ms;
        while (world.nowMs() < endMs) {
            if (healing.isHealed()) {
                return true;
            }
            world.run(HEALED_EVERY_MS);
        }
        return healing.isHealed();
    }
}
