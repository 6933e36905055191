package org.gavel.desktop.feed;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.gavel.node.client.AuctionHouse;
import org.gavel.protocol.client.RefusedException;
import org.gavel.protocol.identity.Uid;

/** In place of a feed that could not be opened: it hears nothing, and says why. */
public final class FailedFeed implements ClusterFeed, NodeCommands {
    private final FeedSettings settings;
    private final String why;
    private final FeedBuffer buffer = new FeedBuffer();

    /** @param why a sentence that names the mistake and the way out */
    public FailedFeed(FeedSettings settings, String why) {
        this.settings = settings;
        this.why = why;
        buffer.trouble(why);
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
        return new ClosedHouse(why);
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
        // Nothing was opened.
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
        return Optional.of(why);
    }

    @Override
    public Optional<String> whyNoRestart(Uid node) {
        return Optional.of(why);
    }

    private <T> CompletableFuture<T> refused() {
        return CompletableFuture.failedFuture(new RefusedException(why));
    }
}
