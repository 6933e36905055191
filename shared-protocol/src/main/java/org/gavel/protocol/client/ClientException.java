package org.gavel.protocol.client;

/** Why a call to the auction house did not succeed; the message is a sentence for people. */
public abstract sealed class ClientException extends RuntimeException
        permits NoClusterException, RefusedException, NoAnswerException {
    private static final long serialVersionUID = 1;

    ClientException(String sentence) {
        // No stack trace: it travels through futures as an answer, and thousands may fail together when a deadline passes.
        super(sentence, null, false, false);
    }

    /** The same failure as a process's exit code (docs/CLI.md). */
    public abstract int exitCode();
}
