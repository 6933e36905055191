package org.gavel.protocol.host.udp;

import java.io.IOException;

/** A port cannot be had; the message is a sentence for the person, with the way out. */
public final class PortUnavailableException extends IOException {
    PortUnavailableException(String sentence, IOException cause) {
        super(sentence, cause);
    }
}
