package org.gavel.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.gavel.node.processes.LocalNode;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.wire.DatagramCodec;
import org.gavel.protocol.wire.DatagramHeader;
import org.gavel.protocol.wire.Message;
import org.gavel.protocol.wire.MessageCodec;
import org.junit.jupiter.api.Test;

/** Whatever is thrown at the ports of a running auction changes nothing. */
class HostileDatagramsIT {
    private static final long SEED = 20261122;
    private static final int RANDOM_ONES = 300;
    private static final int BIDS = 20;

    @Test
    void shouldSellAsIfNothingHappenedWhileGarbageRains() throws Exception {
        try (ProcessCluster cluster = new ProcessCluster(); DatagramSocket socket = new DatagramSocket()) {
            cluster.start(5);
            List<LocalNode> nodes = cluster.processes().living();
            ProcessCluster.Auction auction = cluster.startAuction(10_000);
            assertThat(auction.ledger().awaitAccepted(BIDS, ProcessCluster.PATIENCE_MS)).isTrue();

            for (byte[] garbage : garbage(cluster.name())) {
                for (LocalNode node : nodes) {
                    send(socket, garbage, node.awaitReady(0).address().port());
                }
                send(socket, garbage, cluster.port());
            }

            assertThat(auction.ledger().awaitEnd(ProcessCluster.PATIENCE_MS)).isTrue();
            assertThat(auction.ledger().verdict().complaints()).as("seed " + SEED).isEmpty();
            assertThat(nodes).allMatch(LocalNode::isAlive);
            cluster.awaitSettled(5);
            cluster.awaitAllIdle();
        }
    }

    private static void send(DatagramSocket socket, byte[] bytes, int port) throws IOException {
        socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
    }

    /** Empty, random, truncated, of another cluster or version, with counts beyond their bytes. */
    private static List<byte[]> garbage(String cluster) {
        Random random = new Random(SEED);
        List<byte[]> all = new ArrayList<>(List.of(new byte[0], new byte[1], new byte[1_350]));
        byte[] real = real(DatagramCodec.clusterId(cluster));
        for (int length = 1; length < real.length; length += 3) {
            all.add(Arrays.copyOf(real, length));
        }
        byte[] otherVersion = real.clone();
        otherVersion[2] = 99;
        DatagramCodec.protect(otherVersion, otherVersion.length);
        all.add(otherVersion);
        all.add(real(DatagramCodec.clusterId("another")));
        for (int i = 0; i < RANDOM_ONES; i++) {
            byte[] bytes = new byte[random.nextInt(1_350)];
            random.nextBytes(bytes);
            all.add(bytes);
            byte[] flipped = real.clone();
            flipped[12 + random.nextInt(flipped.length - 12)] ^= (byte) (1 + random.nextInt(255));
            if (random.nextBoolean()) {
                DatagramCodec.protect(flipped, flipped.length);
            }
            all.add(flipped);
        }
        byte[] longCount = real.clone();
        ByteBuffer.wrap(longCount).putShort(DatagramHeader.BYTES, (short) 0xffff);
        DatagramCodec.protect(longCount, longCount.length);
        all.add(longCount);
        byte[] longJson = real.clone();
        ByteBuffer.wrap(longJson).putInt(DatagramHeader.BYTES + 2 + 9, Integer.MAX_VALUE);
        DatagramCodec.protect(longJson, longJson.length);
        all.add(longJson);
        return all;
    }

    /** A well-formed datagram of nobody the nodes know: a lookup, unreliable. */
    private static byte[] real(long cluster) {
        byte[] frame = new MessageCodec().encode(0, new Message.Lookup(7, null));
        byte[] bytes = new byte[DatagramHeader.BYTES + 2 + frame.length];
        new DatagramHeader(0, cluster, new PeerId(new Uid(77), 1), PeerId.UNKNOWN, 0, 0, 0, 0, 0).write(bytes);
        DatagramCodec.putMessage(bytes, DatagramHeader.BYTES, frame);
        DatagramCodec.protect(bytes, bytes.length);
        return bytes;
    }
}
