package org.gavel.protocol.client;

/** The house, or this library's own bound, said no; the message is the reason. Nothing was changed. */
public final class RefusedException extends ClientException {
    private static final long serialVersionUID = 1;

    public RefusedException(String reason) {
        super(reason);
    }

    @Override
    public int exitCode() {
        return 4;
    }
}
