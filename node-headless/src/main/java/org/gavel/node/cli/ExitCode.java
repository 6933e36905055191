package org.gavel.node.cli;

/** The exit codes of every command (docs/CLI.md). */
final class ExitCode {
    static final int DONE = 0;
    static final int UNEXPECTED = 1;
    /** Wrong usage or input. */
    static final int USAGE = 2;
    static final int NO_CLUSTER = 3;
    static final int REFUSED = 4;
    static final int NO_ANSWER = 5;

    private ExitCode() { }
}
