package org.gavel.desktop.feed;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.gavel.node.client.AuctionHouse;
import org.gavel.protocol.client.NodeInfo;
import org.gavel.protocol.identity.Uid;

/** Faults go over the wire to any node of the cluster; starts and restarts concern this machine. */
final class LiveCommands implements NodeCommands {
    private final AuctionHouse house;
    private final LocalNodes local;

    LiveCommands(AuctionHouse house, LocalNodes local) {
        this.house = house;
        this.local = local;
    }

    @Override
    public CompletableFuture<Void> kill(Uid node) {
        return done(house.fault(node.toString(), "kill", 0));
    }

    @Override
    public CompletableFuture<Void> pause(Uid node, long forMs) {
        return done(house.fault(node.toString(), "pause", forMs));
    }

    @Override
    public CompletableFuture<Void> isolate(Uid node, long forMs) {
        return done(house.fault(node.toString(), "isolate", forMs));
    }

    @Override
    public CompletableFuture<Void> forget(Uid node) {
        return done(house.forget(node.toString()));
    }

    @Override
    public CompletableFuture<Uid> startNode() {
        return local.startNode();
    }

    @Override
    public CompletableFuture<Void> restart(Uid node) {
        return local.restart(node);
    }

    @Override
    public Optional<String> whyNoStart() {
        return local.whyNoStart();
    }

    @Override
    public Optional<String> whyNoRestart(Uid node) {
        return local.whyNoRestart(node);
    }

    private static CompletableFuture<Void> done(CompletableFuture<NodeInfo> obeyed) {
        return obeyed.thenApply(node -> null);
    }
}
