package org.gavel.desktop.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.gavel.desktop.feed.ClosedHouse;
import org.gavel.desktop.feed.ClusterFeed;
import org.gavel.desktop.feed.FeedBuffer;
import org.gavel.desktop.feed.FeedFrame;
import org.gavel.desktop.feed.FeedMode;
import org.gavel.desktop.feed.NodeCommands;
import org.gavel.node.client.AuctionHouse;
import org.gavel.protocol.client.RefusedException;
import org.gavel.protocol.identity.Uid;

/** A recorded trace, as if it happened now: forward at any speed, back by playing it anew up to there. All methods may be called from any thread. */
public final class ReplayFeed implements ClusterFeed, NodeCommands, ReplayControls {
    private static final String WHY = "this is a replay: what happened cannot be changed";
    /** Events before the new place that are told again after a jump. */
    private static final int EVENTS_AGAIN = 2_000;
    /** What happened so long before a place that was jumped to is over there. At the highest speed a frame takes in a second. */
    private static final long UNDER_WAY_MS = 1_500;
    private static final long NS_PER_MS = 1_000_000;

    private final TraceFile.Recording recording;
    private final String file;
    private final LongSupplier nanos;
    private final FeedBuffer buffer = new FeedBuffer();
    private int next;
    private double positionMs;
    private double factor = 1;
    private boolean playing = true;
    private long lastNs;

    /** @param nanos a monotonic clock, ns */
    ReplayFeed(TraceFile.Recording recording, String file, LongSupplier nanos) {
        this.recording = recording;
        this.file = file;
        this.nanos = nanos;
        positionMs = beginMs();
        lastNs = nanos.getAsLong();
    }

    /**
     * Opens what the Timeline screen has exported.
     *
     * @throws UncheckedIOException with a sentence that names the line and what is wrong with it
     */
    public static ReplayFeed open(Path file) {
        try {
            return new ReplayFeed(TraceFile.read(file), String.valueOf(file.getFileName()), System::nanoTime);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    @Override
    public FeedMode mode() {
        return FeedMode.REPLAY;
    }

    @Override
    public String cluster() {
        return recording.cluster();
    }

    @Override
    public String place() {
        return file;
    }

    @Override
    public synchronized FeedFrame take() {
        long now = nanos.getAsLong();
        if (playing) {
            positionMs = Math.min(endMs(), positionMs + (now - lastNs) / (double) NS_PER_MS * factor);
            playing = positionMs < endMs();
        }
        lastNs = now;
        while (next < recording.moments().size() && recording.moments().get(next).atMs() <= positionMs) {
            tell(recording.moments().get(next++), true);
        }
        return buffer.take((long) positionMs);
    }

    private void tell(Moment moment, boolean withEvents) {
        if (moment.event() != null && !withEvents) {
            return;
        }
        if (moment.status() != null) {
            buffer.status(moment.status(), moment.atMs());
        } else if (moment.lost() != null) {
            recording.moments().subList(0, next).stream().filter(m -> m.status() != null && m.status().uid().equals(moment.lost())).reduce((first, second) -> second)
                .ifPresent(last -> buffer.lost(moment.lost(), last.status().incarnation(), moment.why(), moment.atMs()));
        } else if (moment.atMs() < positionMs - UNDER_WAY_MS) {
            buffer.passed(moment.event());
        } else {
            buffer.events(List.of(moment.event()), 0);
        }
    }

    @Override
    public Optional<ReplayControls> replay() {
        return Optional.of(this);
    }

    // ---------------------------------------------------------------- controls

    @Override
    public long beginMs() {
        return recording.moments().get(0).atMs();
    }

    @Override
    public long endMs() {
        return recording.moments().get(recording.moments().size() - 1).atMs();
    }

    @Override
    public synchronized long positionMs() {
        return (long) positionMs;
    }

    @Override
    public synchronized boolean playing() {
        return playing;
    }

    @Override
    public synchronized void play(boolean on) {
        lastNs = nanos.getAsLong();
        if (on && positionMs >= endMs()) {
            seek(beginMs());
        }
        playing = on;
    }

    @Override
    public synchronized void speed(double newFactor) {
        factor = newFactor;
    }

    @Override
    public synchronized void seek(long atMs) {
        long to = Math.max(beginMs(), Math.min(endMs(), atMs));
        boolean back = to < positionMs;
        positionMs = to;
        lastNs = nanos.getAsLong();
        if (back) {
            int until = 0;
            while (until < recording.moments().size() && recording.moments().get(until).atMs() <= to) {
                until++;
            }
            buffer.reset();
            for (next = 0; next < until;) {
                Moment moment = recording.moments().get(next++);
                tell(moment, next > until - EVENTS_AGAIN);
            }
        }
    }

    @Override
    public synchronized void step(boolean forward) {
        playing = false;
        List<Moment> all = recording.moments();
        if (forward) {
            for (int i = next; i < all.size(); i++) {
                if (all.get(i).event() != null) {
                    seek(all.get(i).atMs());
                    return;
                }
            }
            seek(endMs());
        } else {
            for (int i = Math.min(next, all.size()) - 1; i >= 0; i--) {
                if (all.get(i).event() != null && all.get(i).atMs() < (long) positionMs) {
                    seek(all.get(i).atMs());
                    return;
                }
            }
            seek(beginMs());
        }
    }

    // ---------------------------------------------------------------- nothing can be done

    @Override
    public AuctionHouse house() {
        return new ClosedHouse(WHY);
    }

    @Override
    public NodeCommands nodes() {
        return this;
    }

    @Override
    public void dismiss(String uid) {
        buffer.dismiss(uid);
    }

    @Override
    public void close() {
        // Nothing runs for it.
    }

    @Override
    public CompletableFuture<Void> kill(Uid node) {
        return refused();
    }

    @Override
    public CompletableFuture<Void> pause(Uid node, long forMs) {
        return refused();
    }

    @Override
    public CompletableFuture<Void> isolate(Uid node, long forMs) {
        return refused();
    }

    @Override
    public CompletableFuture<Void> forget(Uid node) {
        return refused();
    }

    @Override
    public CompletableFuture<Uid> startNode() {
        return refused();
    }

    @Override
    public CompletableFuture<Void> restart(Uid node) {
        return refused();
    }

    @Override
    public Optional<String> whyNoStart() {
        return Optional.of(WHY);
    }

    @Override
    public Optional<String> whyNoRestart(Uid node) {
        return Optional.of(WHY);
    }

    private static <T> CompletableFuture<T> refused() {
        return CompletableFuture.failedFuture(new RefusedException(WHY));
    }
}
