package org.gavel.node.simulation.campaign;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.gavel.node.simulation.SimulatedNode;
import org.gavel.node.simulation.World;
import org.gavel.node.simulation.check.Invariants;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.monitor.TraceEvent;

/** Ends processes of every role, at random moments and at chosen ones, and starts them again; never more than the groups survive. */
final class Killer {
    private static final long BACK_MS_MAX = 15_000;
    private static final long ARMED_MS = 20_000;
    private static final long TWIN_MS = 8_000;
    private static final Set<String> REPLACEMENT_STEPS = Set.of("assigned", "follows");

    /** Waits for its moment, then strikes once. */
    private record Armed(FaultKind kind, long untilMs, SplittableRandom dice) { }

    private final World world;
    private final Plan plan;
    private final Coverage coverage;
    private final Tolerance tolerance;
    private final List<Armed> armed = new ArrayList<>();
    private long highestUid;
    private int joined;
    private boolean quiet;

    Killer(World world, Plan plan, Tolerance tolerance, Invariants invariants, Coverage coverage) {
        this.world = world;
        this.plan = plan;
        this.coverage = coverage;
        this.tolerance = tolerance;
        world.traces(this::onTrace);
        invariants.onAuctionOver(this::onAuctionOver);
    }

    /** No more deaths; whoever is still to come back comes. */
    void quiet() {
        quiet = true;
        armed.clear();
    }

    boolean inject(FaultKind kind, SplittableRandom dice) {
        return switch (kind) {
            case CRASH_INM -> end(any(n -> n.inside().isManager(), dice), SimulatedNode::kill, dice);
            case CRASH_ACTIVE -> end(any(n -> n.inside().isActive(), dice), SimulatedNode::kill, dice);
            case CRASH_FOLLOWER -> end(any(n -> n.inside().auctionId() != null && !n.inside().isActive(), dice), SimulatedNode::kill, dice);
            case CRASH_IDLE -> end(any(n -> n.inside().isMember() && n.inside().auctionId() == null && !n.inside().isManager(), dice), SimulatedNode::kill, dice);
            case CRASH_NEWCOMER -> crashNewcomer(dice);
            case TERMINATE -> end(any(n -> true, dice), SimulatedNode::terminate, dice);
            case POWER_OFF -> end(any(n -> true, dice), SimulatedNode::powerOff, dice);
            case DISK_ERROR -> failDisk(any(n -> true, dice), dice);
            case HIGHER_UID_JOINS -> joinHigher(dice);
            case TWIN -> startTwin(any(n -> n.inside().isMember(), dice));
            default -> arm(kind, dice);
        };
    }

    private SimulatedNode any(Predicate<SimulatedNode> role, SplittableRandom dice) {
        List<SimulatedNode> some = world.livingNodes().stream().filter(role).toList();
        return some.isEmpty() ? null : FaultDriver.pick(some, dice);
    }

    String role(SimulatedNode node) {
        if (node.inside().isManager()) {
            return "INM";
        }
        if (node.inside().auctionId() != null) {
            return node.inside().isActive() ? "active" : "follower";
        }
        return node.inside().isMember() ? "idle node" : "newcomer";
    }

    private interface End {
        void of(SimulatedNode node);
    }

    /** False if there is no such node, or the groups would not survive it. */
    private boolean end(SimulatedNode victim, End end, SplittableRandom dice) {
        if (victim == null || quiet) {
            return false;
        }
        if (!isTolerated(victim)) {
            coverage.count("spared: beyond what is tolerated");
            return false;
        }
        coverage.count("crash of " + role(victim));
        planReturn(victim, dice);
        end.of(victim);
        return true;
    }

    private boolean isTolerated(SimulatedNode victim) {
        return tolerance.allowsEndOf(victim) && tolerance.allowsForgettingOf(victim, plan.machinesMax(), plan.founders());
    }

    private void planReturn(SimulatedNode victim, SplittableRandom dice) {
        long afterMs = 20 + (dice.nextBoolean() ? dice.nextLong(1_000) : dice.nextLong(BACK_MS_MAX));
        boolean sameAddress = dice.nextBoolean();
        boolean withDisk = dice.nextBoolean();
        if (dice.nextInt(8) > 0) {
            world.in(afterMs, () -> {
                if (!victim.isAlive() && world.nodes().contains(victim)) {
                    coverage.count(withDisk ? "restart with its disk" : "restart without its disk");
                    world.restart(victim, sameAddress, withDisk);
                }
            });
        } else {
            // It never returns; a fresh machine comes in its place, or the cluster would die out.
            world.in(afterMs, () -> world.startNode(freshUid(dice), "machine-of-replacement-" + world.nodes().size()));
        }
    }

    private Uid freshUid(SplittableRandom dice) {
        return new Uid(0x0080L << 48 | dice.nextLong(1L << 48));
    }

    private boolean crashNewcomer(SplittableRandom dice) {
        SimulatedNode newcomer = any(n -> !n.inside().isMember(), dice);
        if (newcomer != null) {
            return end(newcomer, SimulatedNode::kill, dice);
        }
        if (!mayJoin()) {
            return false;
        }
        SimulatedNode joining = world.startNode(freshUid(dice), "machine-of-newcomer-" + world.nodes().size());
        world.in(dice.nextLong(1_500), () -> end(joining, SimulatedNode::kill, dice));
        return true;
    }

    private boolean failDisk(SimulatedNode node, SplittableRandom dice) {
        if (node == null) {
            return false; // a fault of the founding may come before the first node
        }
        int[] writes = {1 + dice.nextInt(20)};
        node.host().storeDelay(1 + dice.nextLong(20));
        node.host().failWrites(() -> {
            if (--writes[0] > 0 || quiet || !isTolerated(node)) {
                return false;
            }
            coverage.count("crash of " + role(node));
            coverage.count("met crash at a write");
            planReturn(node, dice);
            return true;
        });
        return true;
    }

    /** A machine more, unless all that the cluster was told of have come. */
    private boolean mayJoin() {
        if (joined >= plan.joining()) {
            coverage.count("spared: a machine more than founders allow");
            return false;
        }
        joined++;
        return true;
    }

    private boolean joinHigher(SplittableRandom dice) {
        if (!mayJoin()) {
            return false;
        }
        highestUid++;
        world.startNode(new Uid(0xF000L + highestUid << 48), plan.machineOf(100 + dice.nextInt(4)));
        return true;
    }

    /** Must be refused; at last it is ended, or it could take the place of the other when that one dies. */
    private boolean startTwin(SimulatedNode of) {
        if (of == null) {
            return false;
        }
        SimulatedNode twin = world.startNode(of.uid(), "machine-of-twin-" + world.nodes().size());
        world.in(TWIN_MS, () -> {
            coverage.count("met twin refused", twin.refusal().isEmpty() ? 0 : 1);
            if (twin.isAlive() && (!twin.inside().isMember() || isTolerated(twin))) {
                twin.kill();
            }
        });
        return true;
    }

    // ---------------------------------------------------------------- at a chosen moment

    private boolean arm(FaultKind kind, SplittableRandom dice) {
        armed.add(new Armed(kind, world.nowMs() + ARMED_MS, dice));
        // Something must bring the moment about.
        switch (kind) {
            case KILL_IN_ELECTION, KILL_IN_TAKE_OVER -> end(any(dice.nextBoolean() ? n -> n.inside().isManager() : n -> n.inside().isActive(), dice),
                SimulatedNode::kill, dice);
            case KILL_IN_REPLACEMENT -> end(any(n -> n.inside().auctionId() != null, dice), SimulatedNode::kill, dice);
            default -> { }
        }
        return true;
    }

    private void onTrace(TraceEvent event) {
        if (armed.isEmpty()) {
            return;
        }
        Armed due = null;
        for (Armed candidate : armed) {
            if (due == null && isMoment(candidate, event)) {
                due = candidate;
            }
        }
        armed.removeIf(a -> a.untilMs < world.nowMs());
        if (due != null && due.dice.nextInt(3) == 0) {
            armed.remove(due);
            strike(due, node(event.node()));
        }
    }

    private boolean isMoment(Armed due, TraceEvent event) {
        return switch (due.kind) {
            case KILL_IN_ELECTION -> event.protocol().equals("election");
            case KILL_IN_TAKE_OVER -> event.protocol().equals("replication") && (event.kind().equals("candidate") || event.kind().equals("promised")
                || event.kind().equals("serving"));
            case KILL_IN_REPLACEMENT -> event.protocol().equals("auction") && REPLACEMENT_STEPS.contains(event.kind());
            default -> false;
        };
    }

    private SimulatedNode node(Uid uid) {
        return world.livingNodes().stream().filter(n -> n.uid().equals(uid)).findFirst().orElse(null);
    }

    /** At once the one who took the step, or a moment later anybody who has to do with it. */
    private void strike(Armed due, SimulatedNode itself) {
        int choice = due.dice.nextInt(3);
        if (choice == 0 && itself != null) {
            boolean done = end(itself, n -> { }, due.dice);
            coverage.count("met " + due.kind.words(), done ? 1 : 0);
            if (done) {
                itself.kill();
            }
        } else {
            world.in(due.dice.nextLong(60), () -> {
                boolean manager = choice == 1;
                boolean done = end(any(n -> manager ? n.inside().isManager() : n.inside().auctionId() != null, due.dice), SimulatedNode::kill, due.dice);
                coverage.count("met " + due.kind.words(), done ? 1 : 0);
            });
        }
    }

    private void onAuctionOver(String auctionId) {
        Armed due = armed.stream().filter(a -> a.kind == FaultKind.KILL_IN_CLOSE).findFirst().orElse(null);
        if (due != null) {
            armed.remove(due);
            world.in(due.dice.nextLong(40), () -> {
                int choice = due.dice.nextInt(3);
                SimulatedNode victim = any(n -> choice == 0 ? n.inside().isManager() : auctionId.equals(n.inside().auctionId()) && n.inside().isActive() == (choice == 1),
                    due.dice);
                coverage.count("met " + due.kind.words(), end(victim, SimulatedNode::kill, due.dice) ? 1 : 0);
            });
        }
    }
}
