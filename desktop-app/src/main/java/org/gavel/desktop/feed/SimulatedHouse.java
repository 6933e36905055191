package org.gavel.desktop.feed;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.gavel.node.client.AuctionHouse;
import org.gavel.protocol.client.AuctionClient;
import org.gavel.protocol.client.AuctionList;
import org.gavel.protocol.client.AuctionListener;
import org.gavel.protocol.client.BidResult;
import org.gavel.protocol.client.ClusterStatus;
import org.gavel.protocol.client.JoinResult;
import org.gavel.protocol.client.LeaveResult;
import org.gavel.protocol.client.NodeInfo;
import org.gavel.protocol.client.RefusedException;
import org.gavel.protocol.client.StartRequest;
import org.gavel.protocol.client.StartResult;

/** A client on a machine of the simulated LAN, callable from any thread; futures complete on the simulation's. */
final class SimulatedHouse implements AuctionHouse {
    private final Executor simulation;
    private final AuctionClient client;

    /** @param simulation runs tasks on the simulation's thread */
    SimulatedHouse(Executor simulation, AuctionClient client) {
        this.simulation = simulation;
        this.client = client;
    }

    @Override
    public CompletableFuture<AuctionList> list() {
        return call(AuctionClient::list);
    }

    @Override
    public CompletableFuture<ClusterStatus> status() {
        return call(AuctionClient::status);
    }

    @Override
    public CompletableFuture<StartResult> start(StartRequest request) {
        return call(c -> c.start(request));
    }

    @Override
    public CompletableFuture<JoinResult> join(String auctionId, AuctionListener listener) {
        return call(c -> c.join(auctionId, listener));
    }

    @Override
    public void watch(String auctionId, AuctionListener listener) {
        call(c -> {
            c.watch(auctionId, listener);
            return CompletableFuture.completedFuture(null);
        });
    }

    @Override
    public CompletableFuture<BidResult> bid(String auctionId, long amountCents, String note) {
        return call(c -> c.bid(auctionId, amountCents, note));
    }

    @Override
    public CompletableFuture<LeaveResult> leave(String auctionId) {
        return call(c -> c.leave(auctionId));
    }

    @Override
    public CompletableFuture<NodeInfo> fault(String node, String fault, long forMs) {
        return call(c -> c.fault(node, fault, forMs));
    }

    @Override
    public CompletableFuture<NodeInfo> forget(String node) {
        return call(c -> c.forget(node));
    }

    @Override
    public CompletableFuture<Void> release(String itemId) {
        return call(c -> c.release(itemId));
    }

    @Override
    public void close() {
        call(c -> {
            c.close();
            return CompletableFuture.completedFuture(null);
        });
    }

    private <T> CompletableFuture<T> call(Function<AuctionClient, CompletableFuture<T>> work) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        try {
            simulation.execute(() -> work.apply(client).whenComplete((value, failure) -> {
                if (failure == null) {
                    answer.complete(value);
                } else {
                    answer.completeExceptionally(failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure);
                }
            }));
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(new RefusedException("the simulation has ended"));
        }
        return answer;
    }
}
