package org.gavel.node.replication.worlds;

import org.gavel.protocol.wire.Message;

/** What can happen to one node: each is one pass of its event loop. */
sealed interface Stimulus {
    /** A message of another node arrives. */
    record Deliver(int from, Message message) implements Stimulus { }

    /** A timer runs out (or, as STORE, the oldest write to the store completes). */
    record Fire(String timer) implements Stimulus { }

    /** The room above calls: a nomination, a verdict, a command. */
    record Call(String what, long first, long second) implements Stimulus { }
}
