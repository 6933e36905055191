package org.gavel.node.server;

/** What a node asks of the program that runs it, so that faults are real: the process ends, the machine is cut off. */
public interface NodeControl {
    /** Ends the process at once, without goodbye. */
    void kill();

    /** Processes nothing for that long; whatever arrives meanwhile waits in the socket. */
    void pause(long ms);

    /** Drops every packet, both ways, for that long. */
    void isolate(long ms);

    /** Somebody watches this node's traces, or nobody does any more: whether making them is worth its while. */
    void watched(boolean byAnyone);

    /** The node can never be admitted: another one runs under its uid, or it speaks another version. */
    void refused(String sentence);
}
