package org.gavel.node.replication;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import org.gavel.protocol.wire.Checksum64;
import org.gavel.protocol.wire.MalformedException;

/**
 * All that the entries up to {@code index} have come to (protocol.md section 7: state, reply table and checksum included).
 *
 * @param index         last entry contained; committed
 * @param epoch         of that entry
 * @param checksum      of that entry: the next one is chained to it
 * @param timeMs        group time of that entry
 * @param configuration newest one up to the index
 * @param machine       the state machine's own snapshot
 * @param sessions      {@link SessionTable#encode}
 */
record SnapshotImage(long index, long epoch, long checksum, long timeMs, Configuration configuration, byte[] machine, byte[] sessions) {
    private static final int FORMAT = 1;

    byte[] encode() {
        byte[] body = configuration.body();
        ByteBuffer out = ByteBuffer.allocate(4 + 4 * 8 + 2 * 8 + 3 * 4 + body.length + machine.length + sessions.length + 8);
        out.putInt(FORMAT).putLong(index).putLong(epoch).putLong(checksum).putLong(timeMs);
        out.putLong(configuration.index()).putLong(configuration.epoch()).putInt(body.length).put(body);
        out.putInt(machine.length).put(machine).putInt(sessions.length).put(sessions);
        out.putLong(Checksum64.of(checksum, out.array(), 0, out.position()));
        return out.array();
    }

    /** Reads what {@link #encode} wrote; a wrong checksum counts as malformed. */
    static SnapshotImage decode(byte[] bytes) throws MalformedException {
        try {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            if (in.getInt() != FORMAT) {
                throw new MalformedException("snapshot of an unknown format");
            }
            long index = in.getLong();
            long epoch = in.getLong();
            long checksum = in.getLong();
            long timeMs = in.getLong();
            long configurationIndex = in.getLong();
            long configurationEpoch = in.getLong();
            byte[] body = block(in);
            byte[] machine = block(in);
            byte[] sessions = block(in);
            if (in.getLong(in.position()) != Checksum64.of(checksum, bytes, 0, in.position())) {
                throw new MalformedException("snapshot at " + index + " does not fit its checksum");
            }
            return new SnapshotImage(index, epoch, checksum, timeMs, Configuration.of(configurationIndex, configurationEpoch, body), machine,
                    sessions);
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new MalformedException("snapshot truncated", e);
        }
    }

    /** Bytes behind a four-byte length. */
    static byte[] block(ByteBuffer in) throws MalformedException {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new MalformedException("a part of " + length + " bytes does not fit");
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }
}
