package org.gavel.node.lab;

/** The lab itself cannot go on; the message is a sentence. It says nothing about the cluster. */
final class LabException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LabException(String sentence) {
        super(sentence);
    }
}
