package org.gavel.node.simulation.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.gavel.node.simulation.World;
import org.gavel.protocol.client.StartResult;

/** Starts the one auction that a test needs. */
final class StartedAuction {
    private StartedAuction() { }

    /** @return its id */
    static String in(World world) {
        CompletableFuture<StartResult> started = world.newClient("sela").start("lamp", 600_000);
        assertThat(world.runUntil(started::isDone, 30_000)).as("started").isTrue();
        return started.join().auctionId();
    }
}
