package org.gavel.node.cli;

import org.gavel.protocol.host.DatagramReceiver;
import org.gavel.protocol.identity.Address;

/** The server node as a {@link NodeProgram}. */
final class ServerProgram {
    /** Receives and does nothing: stands here until the server node does. */
    static final NodeProgram.Factory FACTORY = (settings, host, items, control) -> new Deaf();

    private ServerProgram() { }

    private static final class Deaf implements NodeProgram, DatagramReceiver {
        @Override
        public DatagramReceiver receiver() {
            return this;
        }

        @Override
        public void start() { }

        @Override
        public void goodbye() { }

        @Override
        public void onDatagram(Address from, byte[] bytes, int length) { }

        @Override
        public void onCrashHint(Address peer) { }
    }
}
