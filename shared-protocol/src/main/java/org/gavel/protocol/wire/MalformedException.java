package org.gavel.protocol.wire;

/** Bytes that are no message of ours; its message says why. Caught where datagrams are received: counted, traced, dropped. */
public final class MalformedException extends Exception {
    private static final long serialVersionUID = 1;

    public MalformedException(String message) {
        super(message);
    }

    public MalformedException(String message, Throwable cause) {
        super(message, cause);
    }
}
