package org.gavel.protocol.host.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.gavel.protocol.identity.Address;

/** A datagram's way through the simulated network: hooks, faults, routes, arrival, and what comes back from a dead port. */
final class Medium {
    private record SendHook(Predicate<Sent> when, Consumer<Sent> action) { }

    private final SimulatedNetwork network;
    private final SplittableRandom random;
    private final Routes routes = new Routes();
    private final List<SendHook> hooks = new ArrayList<>();
    private Faults faults = Faults.NONE;
    private boolean broadcastBlocked;
    private long arrived;
    private long lost;
    private long duplicated;
    private long overtakenCount;
    private long cut;
    private long hints;
    private long falseHints;

    Medium(SimulatedNetwork network, SplittableRandom random) {
        this.network = network;
        this.random = random;
    }

    Routes routes() {
        return routes;
    }

    NetworkCounters counters() {
        return new NetworkCounters(arrived, lost, duplicated, overtakenCount, cut, routes.clogged(), hints, falseHints);
    }

    Faults faults() {
        return faults;
    }

    void faults(Faults newFaults) {
        faults = newFaults;
    }

    void blockBroadcast(boolean blocked) {
        broadcastBlocked = blocked;
    }

    void hook(Predicate<Sent> when, Consumer<Sent> action) {
        hooks.add(new SendHook(when, action));
    }

    void transmit(Sent sent) {
        for (int i = 0; i < hooks.size(); i++) {
            if (hooks.get(i).when().test(sent)) {
                hooks.get(i).action().accept(sent);
            }
        }
        SimulatedHost from = sent.from();
        if (!from.isAlive()) {
            return;
        }
        if (from.isIsolated()) {
            cut++;
            return;
        }
        byte[] bytes = Arrays.copyOf(sent.datagram(), sent.length());
        if (!sent.to().equals(Address.NONE)) {
            carry(from, sent.to(), bytes);
            return;
        }
        if (!broadcastBlocked) {
            network.eachPlace(host -> {
                if (host.hearsBroadcasts()) {
                    carry(from, host.address(), bytes);
                }
            });
        }
        from.seeds().forEach(seed -> carry(from, seed, bytes));
    }

    private void carry(SimulatedHost from, Address to, byte[] bytes) {
        SimulatedHost target = network.at(to);
        int targetPlace = target == null ? -1 : target.place();
        if (routes.isCut(from.place(), targetPlace)) {
            cut++;
            return;
        }
        if (from.watches(to) && chance(faults.falseHintPercent())) {
            falseHints++;
            network.after(delayNs(), () -> from.hinted(to));
        }
        int copies = copies();
        for (int i = 0; i < copies; i++) {
            boolean overtaken = chance(faults.reorderPercent());
            overtakenCount += overtaken ? 1 : 0;
            long wayNs = delayNs() + (overtaken ? random.nextLong(10 * faults.maxDelayNs()) : 0);
            long arrivalNs = routes.arrivalNs(from.place(), targetPlace, network.nowNs() + wayNs, overtaken);
            network.after(arrivalNs - network.nowNs(), () -> arrive(from, to, bytes));
        }
    }

    private int copies() {
        int once = chance(faults.lossPercent()) ? 0 : 1;
        int again = chance(faults.duplicatePercent()) ? 1 : 0;
        lost += 1 - once;
        duplicated += again;
        return once + again;
    }

    private void arrive(SimulatedHost from, Address to, byte[] bytes) {
        SimulatedHost target = network.at(to);
        if (target != null && (target.isIsolated() || routes.isCut(from.place(), target.place()))) {
            cut++;
            return;
        }
        if (target != null && target.isAlive()) {
            arrived++;
            network.recorder().mix(bytes);
            target.arrive(from.address(), bytes);
            return;
        }
        boolean backCut = target != null && (!target.answersUnreachable() || routes.isCut(target.place(), from.place()));
        if (faults.crashHints() && !backCut && !from.isIsolated() && from.watches(to)) {
            hints++;
            network.after(delayNs(), () -> from.hinted(to));
        }
    }

    private boolean chance(double percent) {
        return percent > 0 && random.nextDouble() * 100 < percent;
    }

    private long delayNs() {
        return faults.minDelayNs() + random.nextLong(faults.maxDelayNs() - faults.minDelayNs() + 1);
    }
}
