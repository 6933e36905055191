package org.gavel.node.directory;

import org.gavel.node.replication.StateMachine;
import org.gavel.protocol.auction.AuctionSnapshot;
import org.gavel.protocol.auction.AuctionState;
import org.gavel.protocol.auction.Outcome;
import org.gavel.protocol.wire.LogEntry;
import org.gavel.protocol.wire.MalformedException;

/** An auction's rules behind the replicated group's interface. */
public final class AuctionMachine implements StateMachine {
    private static final Outcome CONFIG = Outcome.config();

    private final AuctionState state = new AuctionState();
    private Outcome lastOutcome = CONFIG;

    @Override
    public byte[] apply(LogEntry entry) {
        lastOutcome = entry.kind() == LogEntry.Kind.COMMAND ? state.apply(entry.timeMs(), entry.client(), entry.body()) : CONFIG;
        return lastOutcome.toJson();
    }

    @Override
    public byte[] snapshot() {
        return state.snapshot().toBytes();
    }

    @Override
    public void restore(byte[] snapshot) throws MalformedException {
        state.restore(AuctionSnapshot.fromBytes(snapshot));
    }

    /** Committed state, to look at. */
    public AuctionState state() {
        return state;
    }

    /** The outcome of the entry applied last, sparing its reader the JSON. */
    public Outcome lastOutcome() {
        return lastOutcome;
    }
}
