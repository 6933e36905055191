package org.gavel.protocol.identity;

/**
 * Which operating-system process a node is, so that a member on the same machine can see that it has ended.
 *
 * @param host        boot id and pid namespace: equal exactly when two processes see each other's pids; empty if unknown
 * @param pid         process id within that namespace
 * @param startTicks  start time of the process as the kernel counts it, so that a recycled pid is not mistaken
 */
public record ProcessIdentity(String host, long pid, long startTicks) {
    public static final ProcessIdentity UNKNOWN = new ProcessIdentity("", 0, 0);
}
