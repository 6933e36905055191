package org.gavel.desktop.feed;

import java.util.concurrent.CompletableFuture;
import org.gavel.node.client.AuctionHouse;
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

/** A house where nothing can be done, and every call says why: that of a replay, or of a feed that could not be opened. */
public final class ClosedHouse implements AuctionHouse {
    private final String why;

    /** @param why a sentence */
    public ClosedHouse(String why) {
        this.why = why;
    }

    @Override
    public CompletableFuture<AuctionList> list() {
        return refused();
    }

    @Override
    public CompletableFuture<ClusterStatus> status() {
        return refused();
    }

    @Override
    public CompletableFuture<StartResult> start(StartRequest request) {
        return refused();
    }

    @Override
    public CompletableFuture<JoinResult> join(String auctionId, AuctionListener listener) {
        return refused();
    }

    @Override
    public void watch(String auctionId, AuctionListener listener) {
        listener.onEnd(new RefusedException(why));
    }

    @Override
    public CompletableFuture<BidResult> bid(String auctionId, long amountCents, String note) {
        return refused();
    }

    @Override
    public CompletableFuture<LeaveResult> leave(String auctionId) {
        return refused();
    }

    @Override
    public CompletableFuture<NodeInfo> fault(String node, String fault, long forMs) {
        return refused();
    }

    @Override
    public CompletableFuture<NodeInfo> forget(String node) {
        return refused();
    }

    @Override
    public CompletableFuture<Void> release(String itemId) {
        return refused();
    }

    @Override
    public void close() {
        // It never was open.
    }

    private <T> CompletableFuture<T> refused() {
        return CompletableFuture.failedFuture(new RefusedException(why));
    }
}
