/**
 * Node processes on this machine, started from the very program that runs now. Purpose: the demo, the benchmark, the window and the
 * integration tests need real processes that can be killed with signal 9, and must leave none behind.
 * <p>Source: the proposal's fault model (a server process crashes); docs/ARCHITECTURE.md. Messages: none of its own; the way out is a
 * node's line {@code ready uid=.. address=..} on standard output.
 * <p>States of a {@link org.gavel.node.processes.LocalNode}: started, ready, ended.
 * <p>Invariants: a process is only ever signalled through its own handle; every one ends with this program: at {@code close}, by a shutdown
 * hook, or, should this program be killed itself, because its standard input ends ({@code --exit-with-parent}).
 * <p>Limits: {@code NodeProcesses.PROCESSES_MAX}, {@code LocalNode.TAIL_LINES}. Tested in {@code NodeLaunchTest} and, with real nodes, in
 * the tests of {@code org.gavel.node.process}.
 */
package org.gavel.node.processes;
