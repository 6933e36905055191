package org.gavel.node.lab;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.gavel.node.lab.LabNetwork.Machine;
import org.gavel.node.lab.Round.Moment;
import org.gavel.protocol.monitor.NodeStatus;

/** All faults of the lab. */
final class Scenarios {
    private static final long KILL_AUCTION_MS = 12_000;
    private static final long PAUSE_MS = 10_000;
    private static final long TROUBLE_MS = 10_000;
    private static final long PARTITION_MS = 20_000;
    private static final long LINK_MS = 12_000;
    private static final long ROLLING_AUCTION_MS = 60_000;
    /** Without hints nobody takes over before 5 s are over: a link counts as silent only then. */
    private static final long HINTED_MS_MAX = 3_000;
    private static final List<String> LOADED_ROLES = List.of("active", "inm", "follower");

    private Scenarios() { }

    static List<Scenario> all() {
        List<Scenario> all = new ArrayList<>();
        for (String role : List.of("active", "inm", "follower", "idle")) {
            all.add(scenario("kill-" + role, "kill -9 of the " + role + ", then a restart or a replacement", KILL_AUCTION_MS, round -> kill(round, role)));
        }
        for (String role : LOADED_ROLES) {
            all.add(scenario("pause-" + role, "SIGSTOP of the " + role + " for 10 s", 20_000, round -> pause(round, role)));
        }
        for (int percent : new int[] {1, 5, 20}) {
            all.add(scenario("loss-" + percent, percent + " % of all frames lost for 10 s", 15_000, round -> {
                round.network().lose(percent);
                round.pass(TROUBLE_MS);
                round.healNetwork();
            }));
        }
        all.add(scenario("duplicates", "20 % of all frames doubled for 10 s", 15_000, round -> {
            round.network().duplicate(20);
            round.pass(TROUBLE_MS);
            round.healNetwork();
        }));
        all.add(scenario("slow", "what one host is sent passes 512 kbit/s for 10 s", 18_000, Scenarios::slow));
        all.add(scenario("one-way", "nothing from one host reaches another, but the way back is open, for 10 s", 22_000, Scenarios::oneWay));
        all.add(scenario("partition-3-3", "three and three nodes, a client each, apart for 20 s", 34_000, round -> partition(round, 3)));
        all.add(scenario("partition-4-2", "four and two nodes, a client each, apart for 20 s", 34_000, round -> partition(round, 4)));
        all.add(scenario("link", "the card, or the bridge's port, of a node down for 12 s", 24_000, Scenarios::link));
        all.add(scenario("rolling", "all six nodes killed one after the other, replacements started", ROLLING_AUCTION_MS, Scenarios::rolling));
        all.add(scenario("hints", "kill -9 of the active: 'port unreachable' across hosts makes the take-over quick", KILL_AUCTION_MS, Scenarios::hints));
        all.add(scenario("no-hints", "kill -9 of the active while 'port unreachable' is blocked, as if its machine had failed", 20_000, Scenarios::noHints));
        all.add(new Scenario("peers", "broadcasts blocked, --peer alone: a ring is made, an auction held, its active killed", KILL_AUCTION_MS, true,
            round -> kill(round, "active")));
        return all;
    }

    private static Scenario scenario(String name, String description, long auctionMs, Scenario.Fault fault) {
        return new Scenario(name, description, auctionMs, false, fault);
    }

    // ---------------------------------------------------------------- processes

    private static void kill(Round round, String role) throws InterruptedException {
        NodeStatus victim = round.holder(role);
        Machine machine = round.cluster().machineOf(victim);
        round.note("killed " + victim.name());
        Moment killed = Moment.now();
        round.cluster().kill(machine);
        if (leads(victim)) {
            round.mustTakeOver(role, victim, killed);
        }
        round.healed(killed);
        round.replace(machine);
    }

    private static boolean leads(NodeStatus status) {
        return status.role().equals("active") || status.role().equals("inm");
    }

    private static void pause(Round round, String role) throws InterruptedException {
        NodeStatus victim = round.holder(role);
        Machine machine = round.cluster().machineOf(victim);
        round.note("stopped " + victim.name());
        Moment stopped = Moment.now();
        round.cluster().signal(machine, "STOP");
        if (leads(victim)) {
            round.takeOver(role, victim, stopped, PAUSE_MS);
        }
        round.pass(Math.max(0, PAUSE_MS - stopped.sinceMs()));
        round.cluster().signal(machine, "CONT");
        round.healed(Moment.now());
    }

    private static void rolling(Round round) throws InterruptedException {
        for (Machine machine : LabNetwork.SERVERS) {
            if (!round.isSound()) {
                return;
            }
            NodeStatus victim = round.cluster().watched().status(round.cluster().node(machine).launch().uid().toString()).orElse(null);
            round.note("killed " + machine.name() + (victim == null ? "" : ", " + victim.role()));
            Moment killed = Moment.now();
            round.cluster().kill(machine);
            round.cluster().startNode(machine, round.cluster().newUid());
            if (victim != null && leads(victim)) {
                round.mustTakeOver(victim.role(), victim, killed);
            }
            round.cluster().node(machine).awaitReady(LabCluster.READY_MS);
            round.healed(killed);
        }
    }

    private static void hints(Round round) throws InterruptedException {
        NodeStatus victim = round.holder("active");
        Machine machine = round.cluster().machineOf(victim);
        Moment killed = Moment.now();
        round.cluster().kill(machine);
        long ms = round.mustTakeOver("active", victim, killed);
        if (ms > HINTED_MS_MAX) {
            round.complain("the take-over took " + ms + " ms: no crash hint came across hosts");
        }
        round.healed(killed);
        round.replace(machine);
    }

    private static void noHints(Round round) throws InterruptedException {
        round.network().blockCrashHints();
        NodeStatus victim = round.holder("active");
        Machine machine = round.cluster().machineOf(victim);
        Moment killed = Moment.now();
        round.cluster().kill(machine);
        round.mustTakeOver("active", victim, killed);
        round.healed(killed);
        round.network().heal();
        round.replace(machine);
    }

    // ---------------------------------------------------------------- the network

    private static void slow(Round round) throws InterruptedException {
        NodeStatus victim = round.holder(roleOf(round));
        round.note("slow: " + victim.name() + ", " + victim.role());
        round.network().slow(round.cluster().machineOf(victim));
        round.pass(TROUBLE_MS);
        round.healNetwork();
    }

    private static void oneWay(Round round) throws InterruptedException {
        NodeStatus one = round.holder(roleOf(round));
        Machine from = round.cluster().machineOf(one);
        List<Machine> others = everybody();
        others.remove(from);
        Machine to = others.get(round.random().nextInt(others.size()));
        boolean away = round.random().nextBoolean();
        round.note("nothing " + (away ? "from " : "to ") + from.name() + " (" + one.role() + ") " + (away ? "to " : "from ") + to.name());
        round.network().cut(away ? from : to, away ? to : from);
        round.pass(TROUBLE_MS);
        round.healNetwork();
    }

    private static void partition(Round round, int firstSide) throws InterruptedException {
        List<Machine> nodes = new ArrayList<>(LabNetwork.SERVERS);
        Collections.shuffle(nodes, round.random());
        List<Machine> one = new ArrayList<>(nodes.subList(0, firstSide));
        List<Machine> other = new ArrayList<>(nodes.subList(firstSide, nodes.size()));
        round.note(names(one) + " | " + names(other) + "; " + round.cluster().describe());
        one.add(LabNetwork.CLIENTS.get(0));
        other.add(LabNetwork.CLIENTS.get(1));
        round.network().part(one, other);
        round.pass(PARTITION_MS);
        round.healNetwork();
    }

    private static void link(Round round) throws InterruptedException {
        NodeStatus victim = round.holder(roleOf(round));
        Machine machine = round.cluster().machineOf(victim);
        boolean card = round.random().nextBoolean();
        round.note((card ? "card" : "port") + " of " + victim.name() + " down, " + victim.role());
        Moment down = Moment.now();
        if (card) {
            round.network().cardDown(machine);
        } else {
            round.network().portDown(machine);
        }
        if (leads(victim)) {
            round.takeOver(victim.role(), victim, down, LINK_MS);
        }
        round.pass(Math.max(0, LINK_MS - down.sinceMs()));
        round.healNetwork();
    }

    /** Another one each round. */
    private static String roleOf(Round round) {
        return LOADED_ROLES.get(round.number() % LOADED_ROLES.size());
    }

    private static List<Machine> everybody() {
        List<Machine> all = new ArrayList<>(LabNetwork.SERVERS);
        all.addAll(LabNetwork.CLIENTS);
        return all;
    }

    private static List<String> names(List<Machine> machines) {
        return machines.stream().map(Machine::name).toList();
    }
}
