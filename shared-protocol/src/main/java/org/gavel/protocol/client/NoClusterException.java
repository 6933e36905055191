package org.gavel.protocol.client;

/** Nobody answered a lookup: no node of this cluster can be heard. */
public final class NoClusterException extends ClientException {
    private static final long serialVersionUID = 1;

    public NoClusterException(String sentence) {
        super(sentence);
    }

    @Override
    public int exitCode() {
        return 3;
    }
}
