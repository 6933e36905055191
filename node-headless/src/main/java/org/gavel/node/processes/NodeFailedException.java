package org.gavel.node.processes;

/** A node process could not be started, or ended before it was of use; the message says what it said. */
public final class NodeFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public NodeFailedException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
