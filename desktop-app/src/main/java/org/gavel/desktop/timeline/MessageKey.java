package org.gavel.desktop.timeline;

import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.monitor.TraceEvent;

/** What both ends of one message say of it: that joins a sending to its receipt, and nothing rides on datagrams for it. */
record MessageKey(Uid sender, Uid receiver, long group, String protocol, long message) {
    /** Null where the event is neither the sending nor the receipt of a message. */
    static MessageKey of(TraceEvent event) {
        if (event.message() == 0) {
            return null;
        }
        boolean sending = event.isSending();
        return new MessageKey(sending ? event.node() : event.peer(), sending ? event.peer() : event.node(), event.group(), event.protocol(), event.message());
    }
}
