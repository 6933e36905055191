package org.gavel.protocol.host.simulation;

/**
 * Unwinds the callback in which a simulated process ends: nothing behind the fatal send or trace may run, as nothing would behind a
 * kill -9. Thrown and caught by this package only.
 */
final class SimulatedCrash extends Error {
    private final transient SimulatedHost host;

    SimulatedCrash(SimulatedHost host) {
        super("simulated crash of " + host, null, false, false);
        this.host = host;
    }

    SimulatedHost host() {
        return host;
    }
}
