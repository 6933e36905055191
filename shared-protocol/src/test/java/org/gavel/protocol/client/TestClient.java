package org.gavel.protocol.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.gavel.protocol.host.simulation.SimulatedHost;
import org.gavel.protocol.host.simulation.SimulatedNetwork;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.link.LinkLayer;

/** An {@link AuctionClient} on a simulated host, with a notebook for everything it is told. */
final class TestClient implements AuctionListener {
    final SimulatedNetwork network;
    final SimulatedHost host;
    final AuctionClient client;
    final List<AuctionEvent> events = new ArrayList<>();
    final List<String> notices = new ArrayList<>();
    boolean ended;
    ClientException endedBy;

    TestClient(SimulatedNetwork network, String name) {
        this(network, name, ClientSettings.defaults("gavel", new Uid(0x77), name));
    }

    TestClient(SimulatedNetwork network, String name, ClientSettings settings) {
        this.network = network;
        host = network.newHost(name);
        LinkLayer[] links = new LinkLayer[1];
        client = new AuctionClient(host, settings, (self, listener) -> {
            links[0] = new LinkLayer(host, self, settings.cluster(), listener);
            return links[0];
        });
        host.start(links[0]);
    }

    /** Calls within a pass of the client's host. */
    <T> CompletableFuture<T> call(Function<AuctionClient, CompletableFuture<T>> work) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        host.execute(() -> work.apply(client).whenComplete((value, failure) -> {
            if (failure == null) {
                answer.complete(value);
            } else {
                answer.completeExceptionally(failure);
            }
        }));
        return answer;
    }

    CompletableFuture<JoinResult> join() {
        return call(c -> c.join(FakeHouse.AUCTION, this));
    }

    CompletableFuture<BidResult> bid(long amountCents) {
        return call(c -> c.bid(FakeHouse.AUCTION, amountCents, null));
    }

    /** Runs the network until the answer is there. */
    <T> T get(CompletableFuture<T> answer) {
        network.runUntil(answer::isDone, 60_000);
        if (!answer.isDone()) {
            throw new AssertionError("no answer within 60 s; " + network.describe());
        }
        return answer.join();
    }

    /** The failure of a call. */
    Throwable failure(CompletableFuture<?> answer) {
        network.runUntil(answer::isDone, 60_000);
        Throwable[] failure = new Throwable[1];
        answer.whenComplete((value, thrown) -> failure[0] = thrown);
        if (failure[0] instanceof CompletionException wrapped) {
            return wrapped.getCause();
        }
        return failure[0];
    }

    List<Long> numbers() {
        return events.stream().map(AuctionEvent::seq).toList();
    }

    List<String> types() {
        return events.stream().map(AuctionEvent::type).toList();
    }

    @Override
    public void onEvent(AuctionEvent event) {
        events.add(event);
    }

    @Override
    public void onNotice(String code, String sentence) {
        notices.add(code);
    }

    @Override
    public void onEnd(ClientException failure) {
        ended = true;
        endedBy = failure;
    }
}
