package org.gavel.desktop.feed;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.gavel.protocol.identity.Uid;

/**
 * What may be done to nodes. Every call may come from any thread and returns at once; a refusal is a future that fails with a sentence for
 * people. Whether a command is possible at all is asked before ({@code why...}), so that its button can say why not.
 */
public interface NodeCommands {
    /** The process ends at once, without goodbye. */
    CompletableFuture<Void> kill(Uid node);

    /** Processes nothing for that long. */
    CompletableFuture<Void> pause(Uid node, long forMs);

    /** Drops every packet, both ways, for that long. */
    CompletableFuture<Void> isolate(Uid node, long forMs);

    /** The operator's word that a node has ended for good. */
    CompletableFuture<Void> forget(Uid node);

    /** Starts one more node on this machine; its uid. */
    CompletableFuture<Uid> startNode();

    /** Starts a node again that was started from here and has ended, under its old uid. */
    CompletableFuture<Void> restart(Uid node);

    /** Why no node can be started from here, as a sentence; empty if one can. */
    Optional<String> whyNoStart();

    /** Why this one cannot be started again from here, as a sentence; empty if it can. */
    Optional<String> whyNoRestart(Uid node);
}
