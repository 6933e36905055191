/**
 * The program: one class a command, its exit codes and lines as docs/CLI.md promises.
 * <p>Purpose: run a node, and be the auction house's client in a terminal, one shot or as a shell.
 * <p>Source: the proposal's client task table. Messages: none of its own; all go through {@link org.gavel.node.client.AuctionHouse}.
 * <p>Invariants: every failure is one sentence on standard error and the exit code of its kind; no stack trace reaches a person; standard
 * output carries results only, one JSON object a line under {@code --json}.
 * <p>Limits: 1,024 identities, 128 peers, names of 40 characters, durations of 30 days.
 * <p>Tested in {@code CommandsTest}, {@code FilesTest}, {@code ShellTest}.
 */
package org.gavel.node.cli;
