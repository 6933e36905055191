package org.gavel.protocol.host.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.gavel.protocol.host.DeadlineHeap;

/**
 * The time of a simulated network: it jumps from event to event. A step is an instant: all that is due then, in the order in which it was scheduled, then the
 * end-of-pass tasks of every host that was touched.
 */
final class VirtualClock {
    /** Something due at an instant. */
    abstract static class Event extends DeadlineHeap.Entry {
        abstract void run();
    }

    private final DeadlineHeap<Event> events = new DeadlineHeap<>();
    private final List<Runnable> beforeSteps = new ArrayList<>();
    private final List<Runnable> afterSteps = new ArrayList<>();
    private final List<SimulatedHost> touched = new ArrayList<>();
    private final Supplier<String> describe;
    private boolean inStep;
    private long nowNs;
    private int stepsAtThisInstant;
    private long steps;

    /** @param describe what a run that is given up tells about itself */
    VirtualClock(Supplier<String> describe) {
        this.describe = describe;
    }

    long nowNs() {
        return nowNs;
    }

    long steps() {
        return steps;
    }

    int pendingEvents() {
        return events.size();
    }

    void beforeStep(Runnable check) {
        beforeSteps.add(check);
    }

    void afterStep(Runnable check) {
        afterSteps.add(check);
    }

    // ---------------------------------------------------------------- what is due

    void enqueue(Event event, long atNs) {
        events.add(event, atNs);
    }

    void cancel(Event event) {
        events.remove(event);
    }

    void after(long delayNs, Runnable action) {
        enqueue(event(action), nowNs + delayNs);
    }

    private static Event event(Runnable action) {
        return new Event() {
            @Override
            void run() {
                action.run();
            }
        };
    }

    /** The host has something to do at the end of its pass; outside of a step, a pass is made for it. */
    void passPending(SimulatedHost host) {
        if (inStep) {
            touched.add(host);
        } else {
            after(0, () -> touched.add(host));
        }
    }

    // ---------------------------------------------------------------- steps

    void run(long ms) {
        long endNs = nowNs + ms * 1_000_000;
        while (events.size() > 0 && events.peek().deadlineNs() <= endNs) {
            step();
        }
        advance(endNs);
    }

    boolean runUntil(BooleanSupplier condition, long maxMs) {
        long endNs = nowNs + maxMs * 1_000_000;
        while (!condition.getAsBoolean()) {
            if (events.size() == 0 || events.peek().deadlineNs() > endNs) {
                advance(endNs);
                return condition.getAsBoolean();
            }
            step();
        }
        return true;
    }

    boolean step() {
        if (events.size() == 0) {
            return false;
        }
        beforeSteps.forEach(Runnable::run);
        Event first = events.peek();
        if (first == null) {
            return false;
        }
        advance(first.deadlineNs());
        if (++stepsAtThisInstant > SimulatedNetwork.STEPS_AT_ONE_INSTANT_MAX) {
            throw new IllegalStateException("time stands still: " + SimulatedNetwork.STEPS_AT_ONE_INSTANT_MAX + " steps at one instant; " + describe.get());
        }
        steps++;
        inStep = true;
        try {
            // What is scheduled for this very instant from now on belongs to the next step: a timer of 0 ms is never run in its own pass.
            long limit = events.nextOrder();
            for (Event e = events.peek(); e != null && e.deadlineNs() <= nowNs && e.order() < limit; e = events.peek()) {
                events.poll();
                e.run();
            }
            for (int i = 0; i < touched.size(); i++) {
                touched.get(i).endPass();
            }
        } finally {
            touched.clear();
            inStep = false;
        }
        afterSteps.forEach(Runnable::run);
        return true;
    }

    private void advance(long toNs) {
        if (toNs > nowNs) {
            nowNs = toNs;
            stepsAtThisInstant = 0;
        }
    }
}
