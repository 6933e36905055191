package org.gavel.protocol.host.simulation;

import java.util.ArrayDeque;
import java.util.Queue;
import org.gavel.protocol.identity.Address;

/** What the kernel keeps for a process that does not read: so many bytes, then nothing more. */
final class SocketBuffer {
    record Waiting(Address from, byte[] bytes) { }

    private final int bytesMax;
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private int bytes;
    private long drops;

    SocketBuffer(int bytesMax) {
        this.bytesMax = bytesMax;
    }

    void add(Address from, byte[] datagram) {
        if (bytes + datagram.length > bytesMax) {
            drops++;
        } else {
            bytes += datagram.length;
            waiting.add(new Waiting(from, datagram));
        }
    }

    /** The oldest, taken out, or null. */
    Waiting poll() {
        Waiting oldest = waiting.poll();
        bytes -= oldest == null ? 0 : oldest.bytes.length;
        return oldest;
    }

    void clear() {
        waiting.clear();
        bytes = 0;
    }

    long drops() {
        return drops;
    }
}
