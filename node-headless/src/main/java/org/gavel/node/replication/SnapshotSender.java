package org.gavel.node.replication;

import java.util.Arrays;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.wire.Message;

/** Sends one snapshot to one peer, piece by piece, as far as its window has room. */
final class SnapshotSender {
    private final GroupLinks links;
    private final NodeRef to;
    private final long epoch;
    private final long commitIndex;
    private final SnapshotImage image;
    private final byte[] encoded;
    private final int pieceBytes;
    private int sent;

    SnapshotSender(GroupLinks links, NodeRef to, long epoch, long commitIndex, SnapshotImage image, byte[] encoded, int pieceBytes) {
        this.links = links;
        this.to = to;
        this.epoch = epoch;
        this.commitIndex = commitIndex;
        this.image = image;
        this.encoded = encoded;
        this.pieceBytes = pieceBytes;
    }

    /** Sends on; true once all is sent. */
    boolean pump() {
        while (sent < encoded.length) {
            int length = Math.min(pieceBytes, encoded.length - sent);
            byte[] part = Arrays.copyOfRange(encoded, sent, sent + length);
            if (!links.send(to, new Message.SnapshotPiece(epoch, image.index(), image.epoch(), image.checksum(), commitIndex, sent, encoded.length,
                    part))) {
                return false;
            }
            sent += length;
        }
        return true;
    }

    NodeRef to() {
        return to;
    }

    long index() {
        return image.index();
    }
}
