package org.gavel.node.simulation.campaign;

import java.util.function.UnaryOperator;
import org.gavel.node.simulation.World;
import org.gavel.protocol.host.simulation.Faults;

/** The faults of the whole network: each lasts for a while, several at once. */
final class NetworkDials {
    private final World world;
    private final long quietFromMs;
    private boolean quiet;

    NetworkDials(World world, long quietFromMs) {
        this.world = world;
        this.quietFromMs = quietFromMs;
    }

    /** Turns a dial for so long; {@code back} turns it to where it belongs. */
    void turn(UnaryOperator<Faults> on, UnaryOperator<Faults> back, long forMs) {
        world.faults(on.apply(world.faults()));
        world.at(Math.min(quietFromMs, world.nowMs() + forMs), () -> {
            if (!quiet) {
                world.faults(back.apply(world.faults()));
            }
        });
    }

    void quiet() {
        quiet = true;
        world.faults(Faults.NONE);
        world.network().blockBroadcast(false);
        world.heal();
    }
}
