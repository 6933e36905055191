package org.gavel.node.client;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.gavel.protocol.client.AuctionClient;
import org.gavel.protocol.client.AuctionList;
import org.gavel.protocol.client.AuctionListener;
import org.gavel.protocol.client.BidResult;
import org.gavel.protocol.client.ClientSettings;
import org.gavel.protocol.client.ClusterStatus;
import org.gavel.protocol.client.JoinResult;
import org.gavel.protocol.client.LeaveResult;
import org.gavel.protocol.client.NodeInfo;
import org.gavel.protocol.client.RefusedException;
import org.gavel.protocol.client.StartRequest;
import org.gavel.protocol.client.StartResult;
import org.gavel.protocol.host.udp.BindAddress;
import org.gavel.protocol.host.udp.UdpHost;
import org.gavel.protocol.host.udp.UdpHostSettings;
import org.gavel.protocol.identity.Address;
import org.gavel.protocol.link.LinkLayer;

/**
 * An {@link AuctionClient} with a thread of its own. Calls from other threads are gathered in the host's one queue: however many come while
 * the client's thread is busy, it is woken once. A program that must be fast works on the client's thread instead ({@link #onClientThread}),
 * where futures complete and the next call costs no hand-over.
 */
public final class GavelClient implements AuctionHouse {
    /** How long {@link #close} waits for the client's thread to send what is left. */
    private static final long FLUSH_MS = 1_000;

    private final Executor hostThread;
    private final Runnable closeHost;
    private final AuctionClient client;
    private volatile Thread clientThread;

    private GavelClient(Executor hostThread, Runnable closeHost, AuctionClient client) {
        this.hostThread = hostThread;
        this.closeHost = closeHost;
        this.client = client;
    }

    /**
     * Opens a client on this machine's network.
     *
     * @param peers addresses to ask directly, where broadcast does not reach
     * @throws IOException if no port can be had
     */
    public static GavelClient open(BindAddress bind, int discoveryPort, List<Address> peers, ClientSettings settings) throws IOException {
        UdpHost udp = UdpHost.open(UdpHostSettings.of(bind, discoveryPort).withPeers(peers).withListenDiscovery(false).withDaemon(true));
        LinkLayer[] links = new LinkLayer[1];
        AuctionClient client = new AuctionClient(udp, settings, (self, listener) -> {
            links[0] = new LinkLayer(udp, self, settings.cluster(), listener);
            return links[0];
        });
        udp.start(links[0]);
        GavelClient opened = new GavelClient(udp, udp::close, client);
        opened.submit(() -> opened.clientThread = Thread.currentThread());
        return opened;
    }

    /** Runs {@code work} on the client's thread, where the client itself may be called, its futures' callbacks included. */
    public void onClientThread(Consumer<AuctionClient> work) {
        submit(() -> work.accept(client));
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
        onClientThread(c -> c.watch(auctionId, listener));
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
        CountDownLatch flushed = new CountDownLatch(1);
        boolean accepted = submit(() -> {
            client.close();
            // What the last answers still owe to the auctions leaves at the end of this pass; the latch opens in the next one.
            submit(flushed::countDown);
        });
        if (accepted && Thread.currentThread() != clientThread) {
            try {
                flushed.await(FLUSH_MS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        closeHost.run();
    }

    private <T> CompletableFuture<T> call(Function<AuctionClient, CompletableFuture<T>> work) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        boolean accepted = submit(() -> work.apply(client).whenComplete((value, failure) -> {
            if (failure == null) {
                answer.complete(value);
            } else {
                answer.completeExceptionally(failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure);
            }
        }));
        if (!accepted) {
            answer.completeExceptionally(new RefusedException("this client is closed, or far too many calls wait for its thread"));
        }
        return answer;
    }

    private boolean submit(Runnable call) {
        try {
            hostThread.execute(call);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }
}
