package org.gavel.protocol.client;

/** The cluster was heard, but the answer did not come in time: the command may or may not have taken effect. */
public final class NoAnswerException extends ClientException {
    private static final long serialVersionUID = 1;

    public NoAnswerException(String sentence) {
        super(sentence);
    }

    @Override
    public int exitCode() {
        return 5;
    }
}
