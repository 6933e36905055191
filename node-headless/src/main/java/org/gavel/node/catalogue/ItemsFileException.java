package org.gavel.node.catalogue;

/** An items file that cannot be used; the message is a sentence for the person who wrote it: file, position, mistake, way out. */
public final class ItemsFileException extends Exception {
    private static final long serialVersionUID = 1;

    public ItemsFileException(String message) {
        super(message);
    }

    public ItemsFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
