package org.gavel.protocol.wire;

/**
 * Bytes that are no message of ours; its message says why. Caught where datagrams are received: counted, traced, dropped. It has no stack
 * trace: a flood of bad datagrams is to cost as little as possible, and the sentence says more.
 */
public final class MalformedException extends Exception {
    private static final long serialVersionUID = 1;

    public MalformedException(String message) {
        super(message, null, false, false);
    }

    public MalformedException(String message, Throwable cause) {
        super(message, cause, false, false);
    }
}
