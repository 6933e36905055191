package org.gavel.desktop.feed;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.gavel.node.client.AuctionHouse;
import org.gavel.node.client.GavelClient;
import org.gavel.protocol.client.AuctionList;
import org.gavel.protocol.client.ClientSettings;
import org.gavel.protocol.client.ClusterStatus;
import org.gavel.protocol.host.udp.BindAddress;
import org.gavel.protocol.host.udp.UdpHost;
import org.gavel.protocol.host.udp.UdpHostSettings;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.link.LinkLayer;
import org.gavel.protocol.monitor.ClusterWatcher;
import org.gavel.protocol.monitor.NodeStatus;
import org.gavel.protocol.monitor.TraceEvent;
import org.gavel.protocol.monitor.WatchListener;

/** A real cluster: a watcher and a client of its own, each on its own thread, and the nodes that were started from here. */
public final class LiveFeed implements ClusterFeed {
    /** Pause between two questions for items and auctions. */
    public static final long MARKET_MS = 1_000;
    private static final long FIRST_MARKET_MS = 100;
    private static final long CLOSE_MS = 1_000;

    private final FeedSettings settings;
    private final FeedBuffer buffer = new FeedBuffer();
    private final UdpHost host;
    private final ClusterWatcher watcher;
    private final GavelClient house;
    private final LocalNodes localNodes;
    private final NodeCommands commands;
    private final AtomicInteger asking = new AtomicInteger();

    private LiveFeed(FeedSettings settings, UdpHost host, GavelClient house, LocalNodes localNodes) {
        this.settings = settings;
        this.host = host;
        this.house = house;
        this.localNodes = localNodes;
        this.commands = new LiveCommands(house, localNodes);
        LinkLayer[] links = new LinkLayer[1];
        watcher = new ClusterWatcher(host, (self, listener) -> {
            links[0] = new LinkLayer(host, self, settings.cluster(), listener);
            return links[0];
        }, new Listener(), true);
        host.start(links[0]);
        host.execute(() -> {
            watcher.start();
            host.schedule(FIRST_MARKET_MS, this::askMarket);
        });
    }

    /**
     * @param localNodes what can be started from here; ends with this feed
     * @throws IOException              if no port can be had
     * @throws IllegalArgumentException with a sentence if there is no such card or address
     */
    public static LiveFeed open(FeedSettings settings, LocalNodes localNodes) throws IOException {
        BindAddress bind = BindAddress.resolve(settings.bind());
        GavelClient house = GavelClient.open(bind, settings.port(), settings.peers(),
            ClientSettings.defaults(settings.cluster(), settings.bidder(), settings.name()));
        try {
            UdpHost host = UdpHost.open(UdpHostSettings.of(bind, settings.port()).withPeers(settings.peers()).withDaemon(true));
            return new LiveFeed(settings, host, house, localNodes);
        } catch (IOException e) {
            house.close();
            throw e;
        }
    }

    /** Where it listens. */
    public FeedSettings settings() {
        return settings;
    }

    @Override
    public void begin() {
        localNodes.startPlanned().exceptionally(failure -> {
            Throwable cause = failure.getCause() == null ? failure : failure.getCause();
            buffer.trouble("Not all nodes could be started here: " + cause.getMessage());
            return null;
        });
    }

    @Override
    public int nodesOfItsOwn() {
        return localNodes.count();
    }

    @Override
    public FeedMode mode() {
        return FeedMode.LIVE;
    }

    @Override
    public String cluster() {
        return settings.cluster();
    }

    @Override
    public String place() {
        return "port " + settings.port() + " · " + settings.bind();
    }

    @Override
    public FeedFrame take() {
        return buffer.take(System.currentTimeMillis());
    }

    @Override
    public AuctionHouse house() {
        return house;
    }

    @Override
    public NodeCommands nodes() {
        return commands;
    }

    @Override
    public void dismiss(String uid) {
        buffer.dismiss(uid);
    }

    @Override
    public void close() {
        localNodes.close();
        house.close();
        CompletableFuture<Void> said = new CompletableFuture<>();
        try {
            host.execute(() -> {
                watcher.close();
                host.atFlush(() -> said.complete(null));
            });
            said.orTimeout(CLOSE_MS, TimeUnit.MILLISECONDS).exceptionally(late -> null).join();
        } catch (RejectedExecutionException e) {
            // Closed before: nothing is left to be said.
            assert host.isClosed();
        }
        host.close();
    }

    // ---------------------------------------------------------------- the market, on the host's thread

    /** Two questions a second apart from the last answers, never two of a kind under way: an INM that is away is not flooded. */
    private void askMarket() {
        if (watcher.nodes().isEmpty() || !asking.compareAndSet(0, 2)) {
            host.schedule(MARKET_MS, this::askMarket);
            return;
        }
        house.list().whenComplete(answered((AuctionList list, Market market) -> new Market(list, market.status(), host.wallClockMs(), "")));
        house.status().whenComplete(answered((ClusterStatus status, Market market) -> new Market(market.list(), status, host.wallClockMs(), "")));
        host.schedule(MARKET_MS, this::askMarket);
    }

    private interface Answer<T> {
        Market into(T answer, Market before);
    }

    /** Both answers complete on the client's one thread, so nothing comes between reading the market and writing it. */
    private <T> BiConsumer<T, Throwable> answered(Answer<T> answer) {
        return (value, failure) -> {
            asking.decrementAndGet();
            buffer.market(failure == null ? answer.into(value, buffer.market()) : buffer.market().withTrouble(failure.getMessage()));
        };
    }

    private final class Listener implements WatchListener {
        @Override
        public void onStatus(NodeRef node, NodeStatus status) {
            buffer.status(status, host.wallClockMs());
        }

        @Override
        public void onTraces(NodeRef node, List<TraceEvent> events, long dropped) {
            buffer.events(events, dropped);
        }

        @Override
        public void onLost(NodeRef node, String why) {
            buffer.lost(node.uid().toString(), node.incarnation(), why, host.wallClockMs());
        }
    }
}
