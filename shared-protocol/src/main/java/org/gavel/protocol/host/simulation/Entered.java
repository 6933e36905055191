package org.gavel.protocol.host.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Who ran anything in the present step, each once, in that order: only their state can have changed. */
final class Entered {
    private final List<SimulatedHost> hosts = new ArrayList<>();
    private final List<Consumer<SimulatedHost>> listeners = new ArrayList<>();

    void listen(Consumer<SimulatedHost> listener) {
        listeners.add(listener);
    }

    void note(SimulatedHost host) {
        if (!listeners.isEmpty() && host.entered(true)) {
            hosts.add(host);
        }
    }

    void endStep() {
        for (int i = 0; i < hosts.size(); i++) {
            SimulatedHost host = hosts.get(i);
            host.entered(false);
            for (int k = 0; k < listeners.size(); k++) {
                listeners.get(k).accept(host);
            }
        }
        hosts.clear();
    }
}
