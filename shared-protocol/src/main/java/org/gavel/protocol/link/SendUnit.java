package org.gavel.protocol.link;

import java.util.ArrayList;
import java.util.List;
import org.gavel.protocol.wire.DatagramCodec;

/** One reliable datagram: what it carries stays the same however often it is sent; its header is made anew each time. */
final class SendUnit {
    final long sequence;
    /** Whole messages, or one of which this is a fragment. */
    final List<Outgoing> messages = new ArrayList<>(8);
    private boolean fragment;
    private int fragmentOffset;
    private int fragmentLength;

    int transmissions;
    /** Place of its last transmission among all of the link: only what was sent later can hint at its loss. */
    long order;
    long sentNs;
    long sentMs;
    int hints;
    boolean acknowledged;
    /** To be sent again with the next flush. */
    boolean due;

    SendUnit(long sequence) {
        this.sequence = sequence;
    }

    void becomeFragment(Outgoing of, int offset, int length) {
        messages.add(of);
        fragment = true;
        fragmentOffset = offset;
        fragmentLength = length;
    }

    boolean isFragment() {
        return fragment;
    }

    /** Writes its content at {@code offset}; returns the offset behind it. */
    int write(byte[] to, int offset) {
        if (fragment) {
            return DatagramCodec.putFragment(to, offset, 0, messages.get(0).frame, fragmentOffset, fragmentLength);
        }
        int at = offset;
        for (int i = 0; i < messages.size(); i++) {
            at = DatagramCodec.putMessage(to, at, messages.get(i).frame);
        }
        return at;
    }
}
