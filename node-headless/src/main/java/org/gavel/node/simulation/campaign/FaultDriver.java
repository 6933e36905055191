package org.gavel.node.simulation.campaign;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.gavel.node.simulation.SimulatedClient;
import org.gavel.node.simulation.SimulatedNode;
import org.gavel.node.simulation.World;
import org.gavel.protocol.host.simulation.Faults;
import org.gavel.protocol.host.simulation.SimulatedHost;

/** Injects the faults of a plan into a world, and takes back what lasts when the quiet time begins. */
final class FaultDriver {
    private static final long PHASE_MIN_MS = 3_000;
    private static final long PHASE_MAX_MS = 40_000;
    private static final long CLOG_MS_MAX = 5_000;
    private static final long PAUSE_MIN_MS = 1_000;
    private static final long PAUSE_MAX_MS = 15_000;
    private static final long STALL_MS_MAX = 300;
    private static final long JUMP_MS_MAX = 3_600_000;
    private static final int STORE_MS_MAX = 200;
    private static final long MS = 1_000_000;

    private final World world;
    private final Coverage coverage;
    private final Killer killer;
    private final NetworkDials dials;
    private final Customers customers;
    private final long quietFromMs;

    FaultDriver(World world, RunSpec spec, Plan plan, Customers customers, Killer killer, Coverage coverage) {
        this.world = world;
        this.coverage = coverage;
        this.customers = customers;
        this.killer = killer;
        this.quietFromMs = spec.quietFromMs();
        this.dials = new NetworkDials(world, quietFromMs);
        for (PlannedFault fault : plan.faults()) {
            world.at(fault.atMs(), () -> inject(fault));
        }
        world.at(quietFromMs, this::quiet);
    }

    private void quiet() {
        dials.quiet();
        killer.quiet();
        world.nodes().forEach(n -> {
            n.host().storeDelay(0);
            n.host().failWrites(null);
        });
    }

    private void inject(PlannedFault fault) {
        SplittableRandom dice = new SplittableRandom(fault.seed());
        world.network().note("fault " + fault.number() + ": " + fault.kind().words());
        boolean done = switch (fault.kind()) {
            case LOSS, DUPLICATES, DELAY, REORDERING, NO_CRASH_HINTS, FALSE_CRASH_HINTS, NO_BROADCAST -> onNetwork(fault.kind(), dice);
            case PARTITION, ASYMMETRIC_PARTITION, ONE_WAY_CUT, ISOLATION, CLOG, SWIZZLE -> onRoutes(fault.kind(), dice);
            case PAUSE, STARVED, SLOW_DISK, CLOCK_JUMP -> onNode(fault.kind(), dice);
            case CLIENT_PAUSE, CLIENT_CRASH -> onClient(fault.kind(), dice);
            default -> killer.inject(fault.kind(), dice);
        };
        if (done) {
            coverage.count(Paths.of(fault.kind()));
        }
    }

    private static long phaseMs(SplittableRandom dice) {
        return PHASE_MIN_MS + dice.nextLong(PHASE_MAX_MS - PHASE_MIN_MS);
    }

    // ---------------------------------------------------------------- the whole network

    private boolean onNetwork(FaultKind kind, SplittableRandom dice) {
        long forMs = phaseMs(dice);
        switch (kind) {
            case LOSS -> {
                double percent = 1 + dice.nextDouble(29);
                dials.turn(f -> f.withLoss(percent), f -> f.withLoss(0), forMs);
            }
            case DUPLICATES -> {
                double percent = 1 + dice.nextDouble(19);
                dials.turn(f -> f.withDuplicates(percent), f -> f.withDuplicates(0), forMs);
            }
            case REORDERING -> {
                double percent = 1 + dice.nextDouble(29);
                dials.turn(f -> f.withReordering(percent), f -> f.withReordering(0), forMs);
            }
            case DELAY -> {
                long maxNs = (1 + dice.nextLong(300)) * MS;
                long minNs = 1 + dice.nextLong(maxNs);
                dials.turn(f -> f.withDelayNs(minNs, maxNs), f -> f.withDelayNs(Faults.NONE.minDelayNs(), Faults.NONE.maxDelayNs()), forMs);
            }
            case NO_CRASH_HINTS -> dials.turn(f -> f.withCrashHints(false), f -> f.withCrashHints(true), forMs);
            case FALSE_CRASH_HINTS -> {
                double percent = 1 + dice.nextDouble(14);
                dials.turn(f -> f.withFalseHints(percent), f -> f.withFalseHints(0), forMs);
            }
            default -> {
                world.network().blockBroadcast(true);
                world.at(Math.min(quietFromMs, world.nowMs() + forMs), () -> world.network().blockBroadcast(false));
            }
        }
        return true;
    }

    // ---------------------------------------------------------------- routes

    private boolean onRoutes(FaultKind kind, SplittableRandom dice) {
        List<SimulatedHost> hosts = hosts();
        long forMs = phaseMs(dice);
        switch (kind) {
            case PARTITION, ASYMMETRIC_PARTITION -> {
                List<SimulatedHost> one = new ArrayList<>();
                List<SimulatedHost> other = new ArrayList<>();
                double share = 0.1 + dice.nextDouble(0.5);
                hosts.forEach(h -> (dice.nextDouble() < share ? one : other).add(h));
                cutBetween(one, other, kind == FaultKind.PARTITION, forMs);
                return !one.isEmpty() && !other.isEmpty();
            }
            case ONE_WAY_CUT -> cutBetween(List.of(pick(hosts, dice)), List.of(pick(hosts, dice)), false, forMs);
            case ISOLATION -> pick(hosts, dice).isolate(Math.min(forMs, quietFromMs - world.nowMs()));
            case CLOG -> {
                for (int links = 1 + dice.nextInt(10); links > 0; links--) {
                    world.clog(pick(hosts, dice), pick(hosts, dice), clogMs(dice));
                }
            }
            default -> swizzle(hosts, dice);
        }
        return true;
    }

    private long clogMs(SplittableRandom dice) {
        return Math.min(1 + dice.nextLong(CLOG_MS_MAX), Math.max(1, quietFromMs - world.nowMs()));
    }

    private void cutBetween(List<SimulatedHost> one, List<SimulatedHost> other, boolean bothWays, long forMs) {
        eachPair(one, other, world::cut);
        if (bothWays) {
            eachPair(other, one, world::cut);
        }
        world.at(Math.min(quietFromMs, world.nowMs() + forMs), () -> {
            eachPair(one, other, world.network()::mend);
            if (bothWays) {
                eachPair(other, one, world.network()::mend);
            }
        });
    }

    private interface Pair {
        void accept(SimulatedHost from, SimulatedHost to);
    }

    private static void eachPair(List<SimulatedHost> one, List<SimulatedHost> other, Pair action) {
        one.forEach(from -> other.stream().filter(to -> to != from).forEach(to -> action.accept(from, to)));
    }

    /** Clogs all links of a random set of hosts, one host after the other, and releases them in another order. */
    private void swizzle(List<SimulatedHost> hosts, SplittableRandom dice) {
        List<SimulatedHost> some = hosts.stream().filter(h -> dice.nextInt(3) == 0).toList();
        for (SimulatedHost host : some) {
            long startMs = dice.nextLong(4_000);
            long forMs = 500 + dice.nextLong(CLOG_MS_MAX - 500);
            world.in(startMs, () -> {
                if (world.nowMs() < quietFromMs) {
                    long untilQuietMs = Math.min(forMs, quietFromMs - world.nowMs());
                    eachPair(List.of(host), hosts, (a, b) -> world.clog(a, b, untilQuietMs));
                    eachPair(hosts, List.of(host), (a, b) -> world.clog(a, b, untilQuietMs));
                }
            });
        }
    }

    private List<SimulatedHost> hosts() {
        List<SimulatedHost> hosts = new ArrayList<>(world.livingNodes().stream().map(SimulatedNode::host).toList());
        world.clients().stream().map(SimulatedClient::host).filter(SimulatedHost::isAlive).forEach(hosts::add);
        return hosts;
    }

    // ---------------------------------------------------------------- single machines

    private boolean onNode(FaultKind kind, SplittableRandom dice) {
        List<SimulatedNode> living = world.livingNodes();
        if (living.isEmpty()) {
            return false; // a fault of the founding may come before the first node
        }
        SimulatedNode node = dice.nextInt(2) == 0 ? pick(living, dice) : ofSomeRole(living, dice);
        switch (kind) {
            case PAUSE -> {
                coverage.count("pause of " + killer.role(node));
                node.pause(Math.min(PAUSE_MIN_MS + dice.nextLong(PAUSE_MAX_MS - PAUSE_MIN_MS), quietFromMs - world.nowMs()));
            }
            case STARVED -> starve(node, Math.min(world.nowMs() + phaseMs(dice), quietFromMs - STALL_MS_MAX), dice);
            case SLOW_DISK -> {
                node.host().storeDelay(1 + dice.nextLong(STORE_MS_MAX));
                world.in(phaseMs(dice), () -> node.host().storeDelay(0));
            }
            default -> node.host().jumpWallClock(dice.nextLong(2 * JUMP_MS_MAX) - JUMP_MS_MAX);
        }
        return true;
    }

    /** A machine with too much to do: the process stands still for a moment, again and again, which is too short to doubt itself. */
    private void starve(SimulatedNode node, long untilMs, SplittableRandom dice) {
        if (node.isAlive() && world.nowMs() < untilMs) {
            node.pause(1 + dice.nextLong(STALL_MS_MAX));
            world.in(STALL_MS_MAX + dice.nextLong(2 * STALL_MS_MAX), () -> starve(node, untilMs, dice));
        }
    }

    /** One with a duty, where there is one. */
    private static SimulatedNode ofSomeRole(List<SimulatedNode> living, SplittableRandom dice) {
        List<SimulatedNode> busy = living.stream().filter(n -> n.inside().isManager() || n.inside().isActive()).toList();
        return pick(busy.isEmpty() ? living : busy, dice);
    }

    private boolean onClient(FaultKind kind, SplittableRandom dice) {
        List<SimulatedClient> clients = world.clients().stream().filter(c -> c.host().isAlive()).sorted(Comparator.comparing(SimulatedClient::name)).toList();
        SimulatedClient client = pick(clients, dice);
        if (kind == FaultKind.CLIENT_PAUSE) {
            client.host().pause(Math.min(PAUSE_MIN_MS + dice.nextLong(PAUSE_MAX_MS - PAUSE_MIN_MS), quietFromMs - world.nowMs()));
        } else {
            coverage.count("crash of a client");
            client.host().crash();
            customers.replace(client, dice.split());
        }
        return true;
    }

    static <T> T pick(List<T> from, SplittableRandom dice) {
        return from.get(dice.nextInt(from.size()));
    }
}
