package org.gavel.protocol.multicast;

import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.wire.Message;

/** Takes the messages of a {@link FifoMulticast}: of each origin's stay in the order of sending, each once. */
public interface MulticastDelivery {
    void onDelivered(PeerId origin, Message message);

    /** The same, with the multicast that brought it: its view and number. */
    default void onDelivered(Message.Multicast multicast, Message message) {
        onDelivered(multicast.origin(), message);
    }
}
