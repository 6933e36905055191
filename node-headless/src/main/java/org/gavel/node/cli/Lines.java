package org.gavel.node.cli;

/** Where a command's lines go: standard output and error, or above the shell's prompt. Safe from any thread. */
interface Lines {
    /** A line of the command's result. */
    void out(String line);

    /** A sentence on what went wrong, or a notice. */
    void err(String sentence);
}
