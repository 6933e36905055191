package org.gavel.node.bench;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.gavel.node.client.GavelClient;
import org.gavel.node.history.HistoryRecorder;
import org.gavel.protocol.client.AuctionClient;
import org.gavel.protocol.client.BidResult;

/**
 * A bidder that keeps a number of raises of its own bid under way: when one is answered, the next leaves. Works on the client's thread;
 * the public methods may be called from any other.
 */
final class Load {
    /** Pads a bid's message to about 200 bytes. */
    static final String NOTE = "a note as long as it takes to make this bid two hundred bytes long: ".repeat(3).substring(0, 152);
    private static final long LATENCY_NS_MAX = TimeUnit.MINUTES.toNanos(2);

    /**
     * One measurement.
     *
     * @param bids     answered within the time
     * @param rejected of them
     */
    record Result(long bids, long rejected, long elapsedNs, Histogram latencyNs) {
        double bidsPerSecond() {
            return bids * 1e9 / elapsedNs;
        }
    }

    private final GavelClient client;
    private final String auctionId;
    private final long stepCents;
    private final HistoryRecorder history;
    private long amountCents;

    private int depth;
    private int underWay;
    private boolean measuring;
    private Histogram latencies = new Histogram(LATENCY_NS_MAX, 3);
    private long bids;
    private long rejected;
    private long sinceNs;
    private long lastAcceptedNs;
    private long longestGapNs;
    private long longestGapEndNs;
    private Throwable failure;
    private CompletableFuture<Void> drained = CompletableFuture.completedFuture(null);

    /** @param history or null */
    Load(GavelClient client, String auctionId, long startCents, long stepCents, HistoryRecorder history) {
        this.client = client;
        this.auctionId = auctionId;
        this.stepCents = stepCents;
        this.history = history;
        amountCents = startCents;
    }

    /** From now on so many bids are under way; 0 lets the last ones be answered. The future completes when none is under way any more. */
    CompletableFuture<Void> run(int newDepth) {
        CompletableFuture<Void> none = new CompletableFuture<>();
        client.onClientThread(c -> {
            depth = newDepth;
            drained = none;
            fill(c);
            tellIfDrained();
        });
        return none;
    }

    /** Starts to count. */
    void startMeasuring() throws InterruptedException {
        onThread(() -> {
            latencies = new Histogram(LATENCY_NS_MAX, 3);
            bids = 0;
            rejected = 0;
            longestGapNs = 0;
            sinceNs = System.nanoTime();
            lastAcceptedNs = sinceNs;
            measuring = true;
            return null;
        });
    }

    /** What was counted since. */
    Result result() throws InterruptedException {
        return onThread(() -> {
            measuring = false;
            return new Result(bids, rejected, System.nanoTime() - sinceNs, latencies);
        });
    }

    /** {@link System#nanoTime} of the accepted answer that ended the longest silence since {@link #startMeasuring}, once answers flow again; else 0. */
    long longestSilenceEndNs(long flowingForMs) throws InterruptedException {
        return onThread(() -> {
            long now = System.nanoTime();
            boolean flows = now - lastAcceptedNs < longestGapNs && now - longestGapEndNs > TimeUnit.MILLISECONDS.toNanos(flowingForMs);
            return longestGapNs > 0 && flows ? longestGapEndNs : 0;
        });
    }

    private <T> T onThread(java.util.function.Supplier<T> work) throws InterruptedException {
        CompletableFuture<T> done = new CompletableFuture<>();
        client.onClientThread(c -> {
            if (failure == null) {
                done.complete(work.get());
            } else {
                done.completeExceptionally(failure);
            }
        });
        return Waiting.on(done);
    }

    private void fill(AuctionClient c) {
        while (underWay < depth && failure == null) {
            underWay++;
            long sentNs = System.nanoTime();
            long amount = amountCents;
            amountCents += stepCents;
            CompletableFuture<BidResult> bid = history == null ? c.bid(auctionId, amount, NOTE)
                : history.bid(auctionId, Bench.BIDDER, amount, () -> c.bid(auctionId, amount, NOTE));
            bid.whenComplete((result, failed) -> onAnswer(c, sentNs, result, failed));
        }
    }

    private void onAnswer(AuctionClient c, long sentNs, BidResult result, Throwable failed) {
        underWay--;
        if (failed != null) {
            failure = failed;
            depth = 0;
        } else if (measuring) {
            count(sentNs, result);
        }
        fill(c);
        tellIfDrained();
    }

    private void count(long sentNs, BidResult result) {
        long now = System.nanoTime();
        latencies.recordValue(Math.min(LATENCY_NS_MAX, now - sentNs));
        bids++;
        if (!result.accepted()) {
            rejected++;
            return;
        }
        if (now - lastAcceptedNs > longestGapNs) {
            longestGapNs = now - lastAcceptedNs;
            longestGapEndNs = now;
        }
        lastAcceptedNs = now;
    }

    private void tellIfDrained() {
        if (underWay == 0 && depth == 0) {
            if (failure == null) {
                drained.complete(null);
            } else {
                drained.completeExceptionally(failure);
            }
        }
    }
}
