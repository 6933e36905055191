package org.gavel.protocol.host.simulation;

import org.gavel.protocol.host.Host.Cancellable;

/** A deadline of one simulated host: a timer, a hint, or the completion of a write. In a pause it waits, of an ended host it never comes. */
final class Deadline extends VirtualClock.Event implements Cancellable {
    private final SimulatedNetwork network;
    private final SimulatedHost host;
    private final Runnable task;
    private final boolean countsLateness;
    private boolean cancelled;

    /** @param countsLateness whether the host measures by it how late its timers run */
    Deadline(SimulatedNetwork network, SimulatedHost host, Runnable task, boolean countsLateness) {
        this.network = network;
        this.host = host;
        this.task = task;
        this.countsLateness = countsLateness;
    }

    @Override
    public void cancel() {
        cancelled = true;
        network.cancel(this);
    }

    @Override
    void run() {
        if (!host.isAlive() || cancelled) {
            return;
        }
        if (host.isPaused()) {
            host.runAfterPause(this);
            return;
        }
        cancelled = true;
        if (countsLateness) {
            host.ranLate((network.nowNs() - deadlineNs()) / 1_000_000);
        }
        network.enter(host, task);
    }
}
