package org.gavel.node.cli;

/** A person's mistake, or something of this machine that is in the way: a sentence, and the exit code it leads to. */
public final class CliException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int exitCode;

    public CliException(int exitCode, String sentence) {
        super(sentence);
        this.exitCode = exitCode;
    }

    public CliException(int exitCode, String sentence, Throwable cause) {
        super(sentence, cause);
        this.exitCode = exitCode;
    }

    /** Wrong usage or input. */
    static CliException usage(String sentence) {
        return new CliException(ExitCode.USAGE, sentence);
    }

    public int exitCode() {
        return exitCode;
    }
}
