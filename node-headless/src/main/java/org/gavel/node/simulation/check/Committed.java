package org.gavel.node.simulation.check;

import org.gavel.protocol.wire.LogEntry;

/** One entry that some node knew committed, and what its state machine made of it. */
record Committed(LogEntry entry, byte[] outcome) { }
