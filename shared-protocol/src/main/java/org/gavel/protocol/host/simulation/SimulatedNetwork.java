package org.gavel.protocol.host.simulation;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.gavel.protocol.host.Host.ProcessState;
import org.gavel.protocol.identity.Address;
import org.gavel.protocol.identity.ProcessIdentity;
import org.gavel.protocol.monitor.TraceEvent;

/**
 * A LAN and its clock, from a seed. All hosts of one network run on the caller's thread; time jumps from event to event. A step is an
 * instant: all that is due then, in the order in which it was scheduled, then the end-of-pass tasks of every host that was touched. Two runs
 * of one program from one seed are equal in every event; {@link #traceHash} says so.
 */
public final class SimulatedNetwork {
    /** Steps without the clock moving after which the run is given up as a livelock. */
    public static final int STEPS_AT_ONE_INSTANT_MAX = 100_000;

    private static final int FIRST_PORT = 40_001;
    private static final int NETWORK_10 = 10 << 24;

    private final long seed;
    private final SplittableRandom random;
    private final VirtualClock clock = new VirtualClock(this::describe);
    private final Medium medium;
    private final Recorder recorder = new Recorder();
    private final Map<Address, SimulatedHost> byAddress = new HashMap<>();
    /** The latest start at each place. */
    private final Map<Integer, SimulatedHost> byPlace = new LinkedHashMap<>();
    private final Map<String, Integer> machines = new LinkedHashMap<>();
    private final Map<Long, SimulatedHost> byPid = new HashMap<>();
    private final Entered entered = new Entered();
    private SimulatedHost running;
    private BiConsumer<SimulatedHost, RuntimeException> failures;

    public SimulatedNetwork(long seed) {
        this.seed = seed;
        this.random = new SplittableRandom(seed);
        this.medium = new Medium(this, random.split());
        clock.afterStep(entered::endStep);
    }

    // ---------------------------------------------------------------- hosts

    /** A process on a machine of its own. */
    public SimulatedHost newHost(String name) {
        return newHost(name, "machine-" + byPlace.size());
    }

    /** A process on a machine that it may share: processes of one machine see whether the others run. */
    public SimulatedHost newHost(String name, String machine) {
        return install(name, byPlace.size(), machine, null, new SimulatedStore.Disk());
    }

    /**
     * Starts an ended process again: another host object at the same place of the network, not started yet.
     *
     * @param sameAddress whether it gets its old port back
     * @param withDisk    whether it finds what its store had completed, else an empty one
     */
    public SimulatedHost restart(SimulatedHost ended, boolean sameAddress, boolean withDisk) {
        if (ended.isAlive()) {
            throw new IllegalStateException(ended + " still runs; crash it first");
        }
        return install(ended.name(), ended.place(), ended.process().host(), sameAddress ? ended.address() : null,
            withDisk ? ended.disk() : new SimulatedStore.Disk());
    }

    private SimulatedHost install(String name, int place, String machine, Address wished, SimulatedStore.Disk disk) {
        int number = machines.computeIfAbsent(machine, key -> machines.size() + 1);
        long pid = byPid.size() + 1;
        Address address = wished != null ? wished : new Address(NETWORK_10 + number, (int) (FIRST_PORT + pid % 20_000));
        SimulatedHost host = new SimulatedHost(this, name, place, address, new ProcessIdentity(machine, pid, nowNs() / 10_000_000),
            disk, random.split());
        byPid.put(pid, host);
        byAddress.put(address, host);
        byPlace.put(place, host);
        return host;
    }

    /** The latest start at each place, in the order in which the places were made. */
    public List<SimulatedHost> hosts() {
        return List.copyOf(byPlace.values());
    }

    // ---------------------------------------------------------------- time

    public long nowNs() {
        return clock.nowNs();
    }

    public double nowMs() {
        return nowNs() / 1e6;
    }

    /** Runs for {@code ms} of virtual time. */
    public void run(long ms) {
        clock.run(ms);
    }

    /** Runs until the condition holds after some step, at most {@code maxMs} of virtual time; says whether it holds. */
    public boolean runUntil(BooleanSupplier condition, long maxMs) {
        return clock.runUntil(condition, maxMs);
    }

    /** Goes to the next instant at which something is due and does all of it; false if nothing ever is. */
    public boolean step() {
        return clock.step();
    }

    // ---------------------------------------------------------------- faults

    public void faults(Faults newFaults) {
        medium.faults(newFaults);
        note("faults: " + newFaults);
    }

    public Faults faults() {
        return medium.faults();
    }

    /** Whether broadcasts get lost altogether, as in a network that forbids them; seeds still work. */
    public void blockBroadcast(boolean blocked) {
        medium.blockBroadcast(blocked);
    }

    /** Nothing from one reaches the other, in this direction, from now on; what is under way is lost as well. */
    public void cut(SimulatedHost from, SimulatedHost to) {
        medium.routes().cut(from.place(), to.place());
        note("cut " + from.name() + " -> " + to.name());
    }

    /** What is sent in this direction arrives {@code ms} from now at the earliest. */
    public void clog(SimulatedHost from, SimulatedHost to, long ms) {
        medium.routes().clog(from.place(), to.place(), nowNs() + ms * 1_000_000);
        note("clog " + from.name() + " -> " + to.name() + " for " + ms + " ms");
    }

    /** Takes back {@link #cut} and {@link #clog} in this direction. */
    public void mend(SimulatedHost from, SimulatedHost to) {
        medium.routes().mend(from.place(), to.place());
        note("mend " + from.name() + " -> " + to.name());
    }

    /** Cuts every route between the two sides, both ways. */
    public void partition(Collection<SimulatedHost> one, Collection<SimulatedHost> other) {
        for (SimulatedHost a : one) {
            for (SimulatedHost b : other) {
                cut(a, b);
                cut(b, a);
            }
        }
    }

    /** Takes back every cut and clog. */
    public void heal() {
        medium.routes().mendAll();
        note("all routes healed");
    }

    /** The host ends when it sends its {@code n}-th datagram from now, before that datagram leaves. */
    public void crashAtSend(SimulatedHost host, long n) {
        long fatal = host.datagramsSent() + n;
        onSend(sent -> sent.from() == host && sent.ordinal() == fatal, sent -> host.crash());
    }

    // ---------------------------------------------------------------- looking on

    /** Calls {@code action} for each datagram about to leave that {@code when} picks; if the action ends the sender, it does not leave. */
    public void onSend(Predicate<Sent> when, Consumer<Sent> action) {
        medium.hook(when, action);
    }

    /** Calls {@code action} within each trace that {@code when} picks; it may end the host that traced. */
    public void onTrace(Predicate<TraceEvent> when, Consumer<TraceEvent> action) {
        recorder.hook(when, action);
    }

    /** Every trace of every host. */
    public void traces(Consumer<TraceEvent> listener) {
        recorder.listen(listener);
    }

    /** From now on hosts also trace a group's single messages, which would fill the last traces of a failed run: for diagrams. */
    public void traceMessages() {
        recorder.traceMessages();
    }

    /** How many of the last traces {@link #describe} tells; 0 for none, which is faster. Default 400. */
    public void keepTraces(int events) {
        recorder.keep(events);
    }

    /**
     * What a process does about an exception that leaves one of its callbacks, as the real host's {@code onFailure}: end, usually. Without
     * this, the exception ends the run.
     */
    public void onFailure(BiConsumer<SimulatedHost, RuntimeException> action) {
        failures = action;
    }

    public void beforeStep(Runnable check) {
        clock.beforeStep(check);
    }

    /** The place for invariants: a throw ends the run. */
    public void afterStep(Runnable check) {
        clock.afterStep(check);
    }

    /** The same, called after each step once for every host that ran anything in it (and perhaps ended): what nobody touched has not changed. */
    public void afterStepOfHost(Consumer<SimulatedHost> check) {
        entered.listen(check);
    }

    /** Timers, datagrams under way and the like: a leak of timers shows here. */
    public int pendingEvents() {
        return clock.pendingEvents();
    }

    /** What became of the datagrams so far. */
    public NetworkCounters counters() {
        return medium.counters();
    }

    /** Equal for two runs that did the same at the same time. */
    public long traceHash() {
        return recorder.hash();
    }

    public long seed() {
        return seed;
    }

    public long steps() {
        return clock.steps();
    }

    /** The last traces and faults, oldest first, at most as many as {@link #keepTraces} says. */
    public List<String> recentTraces() {
        return recorder.recent();
    }

    /** Seed, time and the last traces, for the message of a failing test. */
    public String describe() {
        return "seed " + seed + " at " + nowMs() + " ms (replay with -Dgavel.seed=" + seed + ")\n" + String.join("\n", recorder.recent());
    }

    /** The seed to run: {@code -Dgavel.seed=N} if given, else {@code standard}. */
    public static long seedOr(long standard) {
        return Long.getLong("gavel.seed", standard);
    }

    // ---------------------------------------------------------------- what hosts ask for

    Recorder recorder() {
        return recorder;
    }

    /** Writes a line of one's own among the recent traces. */
    public void note(String line) {
        recorder.note(nowNs(), "* " + line);
    }

    void enqueue(VirtualClock.Event event, long atNs) {
        clock.enqueue(event, atNs);
    }

    void cancel(VirtualClock.Event event) {
        clock.cancel(event);
    }

    /** The host has something to do at the end of its pass; outside of a step, a pass is made for it. */
    void passPending(SimulatedHost host) {
        clock.passPending(host);
    }

    /** Runs one callback of a host. */
    void enter(SimulatedHost host, Runnable callback) {
        SimulatedHost outer = running;
        RuntimeException failed = null;
        running = host;
        entered.note(host);
        recorder.mix(nowNs() ^ (long) host.place() << 48);
        try {
            callback.run();
        } catch (SimulatedCrash crash) {
            if (crash.host() != host) {
                throw crash;
            }
        } catch (RuntimeException e) {
            if (failures == null) {
                throw located(e, host);
            }
            failed = e;
        } catch (AssertionError e) {
            throw located(e, host);
        } finally {
            running = outer;
        }
        if (failed != null) {
            failures.accept(host, failed);
        }
    }

    private <T extends Throwable> T located(T failure, SimulatedHost host) {
        failure.addSuppressed(new IllegalStateException("on simulated host " + host + ", " + describe()));
        return failure;
    }

    void crash(SimulatedHost host, boolean withMachine) {
        if (!host.isAlive()) {
            return;
        }
        host.end(withMachine);
        recorder.mix(nowNs() ^ 0xDEADL);
        note(host.name() + (withMachine ? " loses power" : " crashes"));
        if (running == host) {
            throw new SimulatedCrash(host);
        }
    }

    void pause(SimulatedHost host, long ms) {
        long untilNs = nowNs() + ms * 1_000_000;
        host.pausedUntil(untilNs);
        note(host.name() + " is paused for " + ms + " ms");
        after(untilNs - nowNs(), host::resume);
    }

    ProcessState processState(ProcessIdentity asker, ProcessIdentity asked) {
        if (asked.host().isEmpty() || !asked.host().equals(asker.host())) {
            return ProcessState.UNKNOWN;
        }
        SimulatedHost host = byPid.get(asked.pid());
        return host != null && host.isAlive() && host.process().equals(asked) ? ProcessState.RUNNING : ProcessState.ENDED;
    }

    void transmit(Sent sent) {
        medium.transmit(sent);
    }

    /** Whoever had this address last, perhaps ended; null if nobody. */
    SimulatedHost at(Address address) {
        return byAddress.get(address);
    }

    void eachPlace(Consumer<SimulatedHost> visitor) {
        byPlace.values().forEach(visitor);
    }

    /** Runs an action that belongs to no host, {@code delayMs} from now, as a part of that instant's step. */
    public void in(long delayMs, Runnable action) {
        after(Math.max(0, delayMs) * 1_000_000, action);
    }

    void after(long delayNs, Runnable action) {
        clock.after(delayNs, action);
    }
}
