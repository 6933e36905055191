package org.gavel.node.replication;

/** The log as a replica holds it: what the total-order multicast reads from, and what is held behind that. */
public interface EntrySource extends org.gavel.protocol.multicast.EntrySource {
    /** Highest index held, committed or not; {@link #entry} answers up to it, {@link #outcome} up to the committed one. */
    long lastIndex();
}
