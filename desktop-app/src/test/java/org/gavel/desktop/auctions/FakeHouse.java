package org.gavel.desktop.auctions;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.gavel.node.client.AuctionHouse;
import org.gavel.protocol.client.AuctionList;
import org.gavel.protocol.client.AuctionListener;
import org.gavel.protocol.client.BidResult;
import org.gavel.protocol.client.ClusterStatus;
import org.gavel.protocol.client.JoinResult;
import org.gavel.protocol.client.LeaveResult;
import org.gavel.protocol.client.NodeInfo;
import org.gavel.protocol.client.StartRequest;
import org.gavel.protocol.client.StartResult;

/** A house that notes what it is asked, and answers when the test says so. */
final class FakeHouse implements AuctionHouse {
    /** A bid that waits for its answer. */
    record Bid(String auctionId, long amountCents, CompletableFuture<BidResult> answer) { }

    /** A start that waits for its answer. */
    record Start(StartRequest request, CompletableFuture<StartResult> answer) { }

    final List<Bid> bids = new CopyOnWriteArrayList<>();
    final List<Start> starts = new CopyOnWriteArrayList<>();
    final Map<String, AuctionListener> listeners = new ConcurrentHashMap<>();

    @Override
    public CompletableFuture<StartResult> start(StartRequest request) {
        Start start = new Start(request, new CompletableFuture<>());
        starts.add(start);
        return start.answer;
    }

    @Override
    public void watch(String auctionId, AuctionListener listener) {
        listeners.put(auctionId, listener);
    }

    @Override
    public CompletableFuture<BidResult> bid(String auctionId, long amountCents, String note) {
        Bid bid = new Bid(auctionId, amountCents, new CompletableFuture<>());
        bids.add(bid);
        return bid.answer;
    }

    @Override
    public CompletableFuture<AuctionList> list() {
        return new CompletableFuture<>();
    }

    @Override
    public CompletableFuture<ClusterStatus> status() {
        return new CompletableFuture<>();
    }

    @Override
    public CompletableFuture<JoinResult> join(String auctionId, AuctionListener listener) {
        return new CompletableFuture<>();
    }

    @Override
    public CompletableFuture<LeaveResult> leave(String auctionId) {
        return new CompletableFuture<>();
    }

    @Override
    public CompletableFuture<NodeInfo> fault(String node, String fault, long forMs) {
        return new CompletableFuture<>();
    }

    @Override
    public CompletableFuture<NodeInfo> forget(String node) {
        return new CompletableFuture<>();
    }

    @Override
    public CompletableFuture<Void> release(String itemId) {
        return new CompletableFuture<>();
    }

    @Override
    public void close() {
        listeners.clear();
    }
}
