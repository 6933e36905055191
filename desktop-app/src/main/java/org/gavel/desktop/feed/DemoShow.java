package org.gavel.desktop.feed;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.gavel.node.client.GavelClient;
import org.gavel.protocol.client.BidResult;
import org.gavel.protocol.client.ClientSettings;
import org.gavel.protocol.client.StartRequest;
import org.gavel.protocol.host.udp.BindAddress;
import org.gavel.protocol.identity.Uid;

/** A seller and two bidders of their own, so that a picture of a demo cluster shows an auction. Their threads are daemons: they end with the program. */
public final class DemoShow {
    private static final long DURATION_MS = 180_000;
    private static final long BID_MS = 400;
    private static final long RETRY_MS = 1_000;
    private static final List<String> BIDDERS = List.of("tove", "juri");
    private static final long RAISE_CENTS = 500;

    private final GavelClient seller;
    private final List<GavelClient> bidders = new ArrayList<>();
    private final ScheduledExecutorService pace = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "demo-show");
        thread.setDaemon(true);
        return thread;
    });
    private long nextCents;
    private int turn;

    private DemoShow(FeedSettings settings) throws IOException {
        seller = client(settings, "mira", 1);
        for (int i = 0; i < BIDDERS.size(); i++) {
            bidders.add(client(settings, BIDDERS.get(i), 2 + i));
        }
    }

    /**
     * Begins as soon as the cluster lets it, and goes on until the program ends.
     *
     * @throws IOException if no port can be had
     */
    public static void start(FeedSettings settings) throws IOException {
        DemoShow show = new DemoShow(settings);
        show.pace.execute(show::startAuction);
    }

    private static GavelClient client(FeedSettings settings, String name, long uid) throws IOException {
        return GavelClient.open(BindAddress.resolve(settings.bind()), settings.port(), settings.peers(),
            ClientSettings.defaults(settings.cluster(), new Uid(settings.bidder().value() ^ uid << 32 | 1), name));
    }

    private void startAuction() {
        seller.start(StartRequest.of("lamp", DURATION_MS)).whenCompleteAsync((started, failure) -> {
            if (failure == null) {
                bid(started.auctionId());
            } else {
                // Not enough idle nodes yet, or no ring: the demo is still starting.
                pace.schedule(this::startAuction, RETRY_MS, TimeUnit.MILLISECONDS);
            }
        }, pace);
    }

    private void bid(String auctionId) {
        GavelClient bidder = bidders.get(turn++ % bidders.size());
        bidder.bid(auctionId, Math.max(1, nextCents), null).whenCompleteAsync((result, failure) -> {
            if (failure == null) {
                learn(result);
                pace.schedule(() -> bid(auctionId), BID_MS, TimeUnit.MILLISECONDS);
            }
        }, pace);
    }

    private void learn(BidResult result) {
        nextCents = Math.max(result.minimumCents(), result.priceCents() + (result.accepted() ? RAISE_CENTS : 0));
    }
}
