package org.gavel.node.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.gavel.node.client.AuctionHouse;
import org.gavel.protocol.client.AuctionEvent;
import org.gavel.protocol.client.AuctionInfo;
import org.gavel.protocol.client.AuctionList;
import org.gavel.protocol.client.AuctionListener;
import org.gavel.protocol.client.BidResult;
import org.gavel.protocol.client.ClientException;
import org.gavel.protocol.client.ClusterStatus;
import org.gavel.protocol.client.ItemInfo;
import org.gavel.protocol.client.JoinResult;
import org.gavel.protocol.client.LeaveResult;
import org.gavel.protocol.client.NodeInfo;
import org.gavel.protocol.client.Outcome;
import org.gavel.protocol.client.StartRequest;
import org.gavel.protocol.client.StartResult;

/** Answers at once what a test put there, and notes what it was asked. */
final class FakeAuctionHouse implements AuctionHouse {
    static final NodeInfo AMBER = new NodeInfo("00000000000000a1", "amber", "127.0.0.1:4711", "active", "lamp-3", 7, 140);
    static final NodeInfo BIRCH = new NodeInfo("b200000000000000", "birch", "127.0.0.1:4712", "inm", null, 8, 0);

    final List<String> asked = new ArrayList<>();
    ClientException failure;
    String bidOutcome = "{\"type\":\"bid\",\"result\":\"accepted\",\"priceCents\":12500,\"minimumCents\":13000}";
    List<AuctionEvent> events = List.of();
    boolean endsAtOnce = true;
    boolean closed;

    private <T> CompletableFuture<T> answer(String question, T answer) {
        asked.add(question);
        return failure == null ? CompletableFuture.completedFuture(answer) : CompletableFuture.failedFuture(failure);
    }

    @Override
    public CompletableFuture<AuctionList> list() {
        return answer("list", new AuctionList(List.of(new ItemInfo("lamp", "Brass lamp", null, 4_000, 500, null)), List.of(auction()), null));
    }

    private static AuctionInfo auction() {
        return new AuctionInfo("lamp-3", "lamp", "running", AMBER.uid(), List.of(BIRCH.uid()), 12_500, "mika", 3, 42_000, "no tolerance: 1 + 1");
    }

    @Override
    public CompletableFuture<ClusterStatus> status() {
        return answer("status", new ClusterStatus("gavel", "1.3", BIRCH.uid(), List.of(BIRCH, AMBER), List.of(auction()), null));
    }

    @Override
    public CompletableFuture<StartResult> start(StartRequest request) {
        return answer("start " + request, new StartResult("lamp-3", 4, "127.0.0.1:4711", AMBER.uid()));
    }

    @Override
    public CompletableFuture<JoinResult> join(String auctionId, AuctionListener listener) {
        CompletableFuture<JoinResult> answer = answer("join " + auctionId, new JoinResult(auctionId, 2, false));
        if (failure == null) {
            events.forEach(listener::onEvent);
            listener.onNotice("reconnecting", "amber is silent");
            if (endsAtOnce) {
                listener.onEnd(null);
            }
        }
        return answer;
    }

    @Override
    public void watch(String auctionId, AuctionListener listener) {
        asked.add("watch " + auctionId);
    }

    @Override
    public CompletableFuture<BidResult> bid(String auctionId, long amountCents, String note) {
        return answer("bid " + auctionId + " " + amountCents + " " + note, new BidResult(7, Outcome.of(bidOutcome)));
    }

    @Override
    public CompletableFuture<LeaveResult> leave(String auctionId) {
        return answer("leave " + auctionId, new LeaveResult(auctionId, 9));
    }

    @Override
    public CompletableFuture<NodeInfo> fault(String node, String fault, long forMs) {
        return answer(fault + " " + node + " " + forMs, AMBER);
    }

    @Override
    public CompletableFuture<NodeInfo> forget(String node) {
        return answer("forget " + node, AMBER);
    }

    @Override
    public CompletableFuture<Void> release(String itemId) {
        return answer("release " + itemId, null);
    }

    @Override
    public void close() {
        closed = true;
    }
}
