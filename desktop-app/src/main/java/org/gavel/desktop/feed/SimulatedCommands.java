package org.gavel.desktop.feed;

import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Predicate;
import org.gavel.node.client.AuctionHouse;
import org.gavel.node.simulation.SimulatedNode;
import org.gavel.protocol.client.RefusedException;
import org.gavel.protocol.identity.Uid;

/** Faults, starts and restarts of simulated nodes. What is alive is looked up on the simulation's thread, where the command acts. */
final class SimulatedCommands implements NodeCommands {
    private final SimulatedFeed feed;
    private final AuctionHouse house;
    private final Random uids = new Random();

    SimulatedCommands(SimulatedFeed feed, AuctionHouse house) {
        this.feed = feed;
        this.house = house;
    }

    @Override
    public CompletableFuture<Void> kill(Uid node) {
        return onNode(node, SimulatedNode::isAlive, "is dead already", found -> {
            found.kill();
            return null;
        });
    }

    @Override
    public CompletableFuture<Void> pause(Uid node, long forMs) {
        return onNode(node, SimulatedNode::isAlive, "is dead already", found -> {
            found.pause(forMs);
            return null;
        });
    }

    @Override
    public CompletableFuture<Void> isolate(Uid node, long forMs) {
        return onNode(node, SimulatedNode::isAlive, "is dead already", found -> {
            found.isolate(forMs);
            return null;
        });
    }

    @Override
    public CompletableFuture<Void> forget(Uid node) {
        return house.forget(node.toString()).thenApply(info -> null);
    }

    @Override
    public CompletableFuture<Uid> startNode() {
        Uid uid = new Uid(uids.nextLong() | 1);
        return onSimulation(() -> {
            if (feed.world().nodes().size() >= SimulatedFeed.NODES_MAX) {
                throw new RefusedException("the simulation has " + SimulatedFeed.NODES_MAX + " nodes already");
            }
            return feed.world().startNode(uid).uid();
        });
    }

    @Override
    public CompletableFuture<Void> restart(Uid node) {
        return onNode(node, found -> !found.isAlive(), "is alive", found -> {
            feed.world().restart(found, false, false);
            return null;
        });
    }

    @Override
    public Optional<String> whyNoStart() {
        return Optional.empty();
    }

    @Override
    public Optional<String> whyNoRestart(Uid node) {
        return Optional.empty();
    }

    private CompletableFuture<Void> onNode(Uid uid, Predicate<SimulatedNode> fit, String unfit, Function<SimulatedNode, Void> act) {
        return onSimulation(() -> {
            SimulatedNode node = feed.world().nodes().stream().filter(n -> n.uid().equals(uid)).findFirst()
                .orElseThrow(() -> new RefusedException(uid.shortForm() + " is not in this simulation"));
            if (!fit.test(node)) {
                throw new RefusedException(node.name() + " " + unfit);
            }
            return act.apply(node);
        });
    }

    private interface Work<T> {
        T run();
    }

    private <T> CompletableFuture<T> onSimulation(Work<T> work) {
        CompletableFuture<T> done = new CompletableFuture<>();
        try {
            feed.post(() -> {
                try {
                    done.complete(work.run());
                } catch (RefusedException e) {
                    done.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            done.completeExceptionally(new RefusedException("the simulation has ended"));
        }
        return done;
    }
}
