package org.gavel.protocol.link;

import org.gavel.protocol.wire.DatagramCodec;
import org.gavel.protocol.wire.Message;

/** One message on its way to one peer, from {@code send} until every datagram that carries a part of it is acknowledged. */
final class Outgoing {
    final long group;
    final Message message;
    final byte[] frame;
    /** Bytes of it that have been put into datagrams. */
    int packed;
    /** Datagrams with a part of it that are not acknowledged, those not yet made included. */
    int unacknowledged;

    Outgoing(long group, Message message, byte[] frame) {
        this.group = group;
        this.message = message;
        this.frame = frame;
        unacknowledged = isWhole() ? 1 : (frame.length + DatagramCodec.FRAGMENT_BYTES_MAX - 1) / DatagramCodec.FRAGMENT_BYTES_MAX;
    }

    /** It fits into one datagram. */
    boolean isWhole() {
        return frame.length <= DatagramCodec.WHOLE_MESSAGE_BYTES_MAX;
    }
}
