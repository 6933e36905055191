package org.gavel.node.history;

import java.util.concurrent.CompletableFuture;
import org.gavel.node.client.AuctionHouse;
import org.gavel.protocol.client.AuctionEvent;
import org.gavel.protocol.client.AuctionList;
import org.gavel.protocol.client.AuctionListener;
import org.gavel.protocol.client.BidResult;
import org.gavel.protocol.client.ClusterStatus;
import org.gavel.protocol.client.JoinResult;
import org.gavel.protocol.client.LeaveResult;
import org.gavel.protocol.client.NodeInfo;
import org.gavel.protocol.client.StartRequest;
import org.gavel.protocol.client.StartResult;
import org.gavel.protocol.identity.Uid;

/** An auction house whose every operation on an auction is written down. */
public final class RecordedHouse implements AuctionHouse {
    private static final AuctionListener NOBODY_LISTENS = new AuctionListener() {
        @Override
        public void onEvent(AuctionEvent event) {
            // The recorder itself hears it: that is all this is for.
        }
    };

    private final AuctionHouse house;
    private final Uid client;
    private final HistoryRecorder recorder;
    private final Runnable whenClosed;

    /**
     * @param client     under whose identity this house acts
     * @param whenClosed runs behind the house's own end
     */
    public RecordedHouse(AuctionHouse house, Uid client, HistoryRecorder recorder, Runnable whenClosed) {
        this.house = house;
        this.client = client;
        this.recorder = recorder;
        this.whenClosed = whenClosed;
    }

    @Override
    public CompletableFuture<AuctionList> list() {
        return house.list();
    }

    @Override
    public CompletableFuture<ClusterStatus> status() {
        return house.status();
    }

    @Override
    public CompletableFuture<StartResult> start(StartRequest request) {
        return house.start(request);
    }

    @Override
    public CompletableFuture<JoinResult> join(String auctionId, AuctionListener listener) {
        AuctionListener along = recorder.listener(auctionId, client, listener);
        return recorder.join(auctionId, client, () -> house.join(auctionId, along));
    }

    @Override
    public void watch(String auctionId, AuctionListener listener) {
        house.watch(auctionId, recorder.listener(auctionId, client, listener));
    }

    /** Watches first where nobody does yet: the terms by which the answer is judged come with the stream. */
    @Override
    public CompletableFuture<BidResult> bid(String auctionId, long amountCents, String note) {
        if (!recorder.knows(auctionId)) {
            watch(auctionId, NOBODY_LISTENS);
        }
        return recorder.bid(auctionId, client, amountCents, () -> house.bid(auctionId, amountCents, note));
    }

    @Override
    public CompletableFuture<LeaveResult> leave(String auctionId) {
        return recorder.leave(auctionId, client, () -> house.leave(auctionId));
    }

    @Override
    public CompletableFuture<NodeInfo> fault(String node, String fault, long forMs) {
        return house.fault(node, fault, forMs);
    }

    @Override
    public CompletableFuture<NodeInfo> forget(String node) {
        return house.forget(node);
    }

    @Override
    public CompletableFuture<Void> release(String itemId) {
        return house.release(itemId);
    }

    @Override
    public void close() {
        house.close();
        whenClosed.run();
    }
}
