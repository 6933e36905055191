package org.gavel.node.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.gavel.protocol.client.AuctionClient;
import org.gavel.protocol.client.AuctionEvent;
import org.gavel.protocol.client.AuctionListener;
import org.gavel.protocol.client.BidResult;
import org.gavel.protocol.client.ClientException;
import org.gavel.protocol.client.ClientSettings;
import org.gavel.protocol.client.JoinResult;
import org.gavel.protocol.client.LeaveResult;
import org.gavel.protocol.client.StartRequest;
import org.gavel.protocol.client.StartResult;
import org.gavel.protocol.host.simulation.SimulatedHost;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.link.LinkLayer;

/**
 * One production {@link AuctionClient} on a machine of its own in a {@link World}; every call is told to the world's observers. A call waits for its answer
 * for ever unless the world says otherwise.
 */
public final class SimulatedClient {
    private final World world;
    private final SimulatedHost host;
    private final AuctionClient client;
    private final String name;
    private final List<String> followed = new ArrayList<>();
    private long unanswered;

    SimulatedClient(World world, SimulatedHost host, Uid uid, String name, long timeoutMs) {
        this.world = world;
        this.host = host;
        this.name = name;
        client = new AuctionClient(host, ClientSettings.defaults(world.settings().cluster(), uid, name).withTimeoutMs(timeoutMs),
            (self, listener) -> {
                LinkLayer links = new LinkLayer(host, self, world.settings().cluster(), listener);
                host.start(links);
                return links;
            });
    }

    public String name() {
        return name;
    }

    public Uid uid() {
        return client.settings().bidder();
    }

    public SimulatedHost host() {
        return host;
    }

    /** For calls that need no observer: list, status, fault, forget, release. */
    public AuctionClient client() {
        return client;
    }

    /** Auctions joined or watched so far. */
    public List<String> followed() {
        return List.copyOf(followed);
    }

    /** Calls under way. */
    public long unanswered() {
        return unanswered;
    }

    // ---------------------------------------------------------------- calls

    public CompletableFuture<StartResult> start(String itemId, long durationMs) {
        return observed(Operation.Kind.START, itemId, 0, "", () -> client.start(StartRequest.of(itemId, durationMs)));
    }

    /** Takes part; the observers hear the auction's order. */
    public CompletableFuture<JoinResult> join(String auctionId) {
        return observed(Operation.Kind.JOIN, auctionId, 0, "", () -> client.join(auctionId, listener(auctionId)));
    }

    /** Hears the order without taking part; no operation. */
    public void watch(String auctionId) {
        client.watch(auctionId, listener(auctionId));
    }

    /** Bids with a note that is unique in this world. */
    public CompletableFuture<BidResult> bid(String auctionId, long amountCents) {
        String note = world.nextNote();
        return observed(Operation.Kind.BID, auctionId, amountCents, note, () -> client.bid(auctionId, amountCents, note));
    }

    public CompletableFuture<LeaveResult> leave(String auctionId) {
        return observed(Operation.Kind.LEAVE, auctionId, 0, "", () -> client.leave(auctionId));
    }

    private interface Call<T> {
        CompletableFuture<T> make();
    }

    private <T> CompletableFuture<T> observed(Operation.Kind kind, String auctionId, long amountCents, String note, Call<T> call) {
        Operation operation = new Operation(world.nextOperation(), name, kind, auctionId, amountCents, note, world.nowNs());
        world.observers().forEach(o -> o.onInvoke(operation));
        unanswered++;
        CompletableFuture<T> answer = call.make();
        boolean atOnce = answer.isDone();
        answer.whenComplete((result, failure) -> {
            unanswered--;
            if (failure == null) {
                world.observers().forEach(o -> o.onOk(operation, result));
            } else if (atOnce) {
                world.observers().forEach(o -> o.onFail(operation, failure.getMessage()));
            } else {
                world.observers().forEach(o -> o.onInfo(operation, failure.getMessage()));
            }
        });
        return answer;
    }

    private AuctionListener listener(String auctionId) {
        followed.add(auctionId);
        return new AuctionListener() {
            @Override
            public void onEvent(AuctionEvent event) {
                world.observers().forEach(o -> o.onEvent(name, event));
            }

            @Override
            public void onEnd(ClientException failure) {
                world.observers().forEach(o -> o.onEnd(name, auctionId, failure != null));
            }
        };
    }

    @Override
    public String toString() {
        return name;
    }
}
