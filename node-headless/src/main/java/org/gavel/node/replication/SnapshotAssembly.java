package org.gavel.node.replication;

import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.wire.Message;
import org.gavel.protocol.wire.MalformedException;

/** Puts the pieces of one snapshot together. They come in order over a FIFO link; one that does not fit ends the attempt, its first piece starts anew. */
final class SnapshotAssembly {
    private final int bytesMax;
    private PeerId from = PeerId.UNKNOWN;
    private long epoch;
    private long index;
    private byte[] bytes;
    private int received;

    SnapshotAssembly(GroupSettings settings) {
        bytesMax = settings.snapshotBytesMax();
    }

    /**
     * Takes one piece.
     *
     * @return the whole snapshot once this piece was the last, else null
     * @throws MalformedException if it is larger than the limit or its checksum is wrong
     */
    SnapshotImage add(PeerId sender, Message.SnapshotPiece piece) throws MalformedException {
        if (piece.offset() == 0) {
            if (piece.total() < 1 || piece.total() > bytesMax) {
                throw new MalformedException("a snapshot of " + piece.total() + " bytes is above the limit of " + bytesMax);
            }
            from = sender;
            epoch = piece.epoch();
            index = piece.index();
            bytes = new byte[piece.total()];
            received = 0;
        }
        byte[] part = piece.bytes();
        if (bytes == null || !from.equals(sender) || epoch != piece.epoch() || index != piece.index() || piece.offset() != received
                || piece.total() != bytes.length || part.length > bytes.length - received) {
            return null;
        }
        System.arraycopy(part, 0, bytes, received, part.length);
        received += part.length;
        if (received < bytes.length) {
            return null;
        }
        byte[] whole = bytes;
        clear();
        SnapshotImage image = SnapshotImage.decode(whole);
        if (image.index() != piece.index() || image.checksum() != piece.checksum()) {
            throw new MalformedException("snapshot at " + image.index() + " came as one at " + piece.index());
        }
        return image;
    }

    void clear() {
        bytes = null;
        received = 0;
    }
}
