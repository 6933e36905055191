package org.gavel.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.gavel.protocol.host.simulation.SimulatedNetwork;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.identity.Uid;
import org.junit.jupiter.api.Test;

/** Whatever the bytes: a message, or a MalformedException with a sentence. */
class CodecFuzzTest {
    private static final int DATAGRAMS = 100_000;
    private static final long CLUSTER = DatagramCodec.clusterId("gavel");

    private final MessageCodec codec = new MessageCodec();
    private int read;
    private int refused;

    @Test
    void shouldEndWithAMessageOrASentenceWhateverTheBytes() {
        long seed = SimulatedNetwork.seedOr(7);
        SplittableRandom random = new SplittableRandom(seed);
        byte[][] good = goodDatagrams(seed);
        for (int i = 0; i < DATAGRAMS; i++) {
            byte[] datagram = good[random.nextInt(good.length)].clone();
            int length = mutate(datagram, random);
            if (length >= DatagramCodec.PREFIX_BYTES) {
                // As who means harm would: else the checksum would stop all of them.
                DatagramCodec.protect(datagram, length);
            }
            try {
                take(datagram, length);
            } catch (MalformedException e) {
                refused++;
                assertThat(e.getMessage()).isNotBlank();
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("datagram " + i + " of seed " + seed + "; replay with mvn test -Dtest=CodecFuzzTest -Dgavel.seed=" + seed, e);
            }
        }
        assertThat(read).isGreaterThan(DATAGRAMS / 20);
        assertThat(refused).isGreaterThan(DATAGRAMS / 20);
    }

    private static byte[][] goodDatagrams(long seed) {
        MessageCodec codec = new MessageCodec();
        SampleMessages samples = new SampleMessages(seed);
        byte[][] good = new byte[4 * MessageType.values().length][];
        for (int i = 0; i < good.length; i++) {
            byte[] buffer = new byte[DatagramCodec.DATAGRAM_BYTES_MAX];
            new DatagramHeader(0, CLUSTER, new PeerId(new Uid(1), 1), new PeerId(new Uid(2), 2), 1, 1, 0, 0, 0).write(buffer);
            int end = DatagramHeader.BYTES;
            for (int m = 0; m <= i % 3; m++) {
                byte[] frame = codec.encode(i, samples.of(MessageType.values()[(i + m) % MessageType.values().length]));
                end = frame.length + 2 + end > buffer.length ? end : DatagramCodec.putMessage(buffer, end, frame);
            }
            good[i] = Arrays.copyOf(buffer, end);
        }
        return good;
    }

    private static int mutate(byte[] datagram, SplittableRandom random) {
        int changes = 1 + random.nextInt(6);
        // Half of them leave the prefix alone, else most would end there.
        int from = random.nextBoolean() ? DatagramHeader.BYTES : 12;
        for (int i = 0; i < changes && from < datagram.length; i++) {
            int at = from + random.nextInt(datagram.length - from);
            switch (random.nextInt(4)) {
                case 0 -> datagram[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> datagram[at] = (byte) random.nextInt();
                case 2 -> datagram[at] = (byte) "{}[]\",:-0123456789eE.ntf\\u".charAt(random.nextInt(26));
                default -> {
                    int other = from + random.nextInt(datagram.length - from);
                    int span = Math.min(random.nextInt(20), datagram.length - Math.max(at, other));
                    System.arraycopy(datagram, other, datagram, at, span);
                }
            }
        }
        return random.nextInt(10) == 0 ? random.nextInt(datagram.length + 1) : datagram.length;
    }

    private void take(byte[] datagram, int length) throws MalformedException {
        if (DatagramCodec.kind(datagram, length, CLUSTER) != DatagramCodec.Kind.OURS) {
            return;
        }
        DatagramHeader header = DatagramCodec.header(datagram, length);
        DatagramCodec.checkFraming(header, datagram, length);
        if (header.has(DatagramHeader.FRAGMENT)) {
            return;
        }
        for (int at = DatagramHeader.BYTES; at < length;) {
            int message = DatagramCodec.shortAt(datagram, at);
            codec.decode(datagram, at + 2, message);
            read++;
            at += 2 + message;
        }
    }
}
