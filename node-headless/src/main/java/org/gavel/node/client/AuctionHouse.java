package org.gavel.node.client;

import java.util.concurrent.CompletableFuture;
import org.gavel.protocol.client.AuctionList;
import org.gavel.protocol.client.AuctionListener;
import org.gavel.protocol.client.BidResult;
import org.gavel.protocol.client.ClusterStatus;
import org.gavel.protocol.client.JoinResult;
import org.gavel.protocol.client.LeaveResult;
import org.gavel.protocol.client.NodeInfo;
import org.gavel.protocol.client.StartRequest;
import org.gavel.protocol.client.StartResult;

/**
 * The auction house as a program with threads sees it: every method may be called from any thread, any number may be under way, futures
 * complete on the client's own thread (a callback must not block it). Failures are
 * {@link org.gavel.protocol.client.ClientException}s. The words are those of {@link org.gavel.protocol.client.AuctionClient}.
 */
public interface AuctionHouse extends AutoCloseable {
    CompletableFuture<AuctionList> list();

    CompletableFuture<ClusterStatus> status();

    CompletableFuture<StartResult> start(StartRequest request);

    CompletableFuture<JoinResult> join(String auctionId, AuctionListener listener);

    /** Hears an auction without taking part. */
    void watch(String auctionId, AuctionListener listener);

    /** @param note or null */
    CompletableFuture<BidResult> bid(String auctionId, long amountCents, String note);

    CompletableFuture<LeaveResult> leave(String auctionId);

    /** @param fault kill, pause or isolate; {@code forMs} 0 for kill */
    CompletableFuture<NodeInfo> fault(String node, String fault, long forMs);

    CompletableFuture<NodeInfo> forget(String node);

    CompletableFuture<Void> release(String itemId);

    /** Ends the client's thread; whatever is under way fails. */
    @Override
    void close();
}
