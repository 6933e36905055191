package org.gavel.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.identity.Uid;
import org.junit.jupiter.api.Test;

class DatagramCodecTest {
    private static final long CLUSTER = DatagramCodec.clusterId("gavel");
    private static final DatagramHeader HEADER = new DatagramHeader(DatagramHeader.ACK, CLUSTER, new PeerId(new Uid(-1), 5),
            new PeerId(new Uid(2), 6), 7, Long.MAX_VALUE, 8, 9, -10);

    private static byte[] datagram(DatagramHeader header) {
        byte[] bytes = new byte[DatagramHeader.BYTES];
        header.write(bytes);
        DatagramCodec.protect(bytes, bytes.length);
        return bytes;
    }

    private static void refuses(DatagramHeader header) {
        assertThatThrownBy(() -> DatagramCodec.header(datagram(header), DatagramHeader.BYTES)).isInstanceOf(MalformedException.class);
    }

    @Test
    void shouldReadTheHeaderItWrote() throws MalformedException {
        byte[] bytes = datagram(HEADER);
        assertThat(DatagramCodec.kind(bytes, bytes.length, CLUSTER)).isEqualTo(DatagramCodec.Kind.OURS);
        assertThat(DatagramCodec.header(bytes, bytes.length)).isEqualTo(HEADER);
    }

    @Test
    void shouldTellStrangersOtherClustersAndOtherVersionsApart() {
        byte[] bytes = datagram(HEADER);
        assertThat(DatagramCodec.kind(new byte[0], 0, CLUSTER)).isEqualTo(DatagramCodec.Kind.FOREIGN);
        assertThat(DatagramCodec.kind(bytes, 11, CLUSTER)).isEqualTo(DatagramCodec.Kind.FOREIGN);
        assertThat(DatagramCodec.kind(bytes, bytes.length, CLUSTER + 1)).isEqualTo(DatagramCodec.Kind.OTHER_CLUSTER);
        bytes[2]++;
        DatagramCodec.protect(bytes, bytes.length);
        assertThat(DatagramCodec.kind(bytes, bytes.length, CLUSTER)).isEqualTo(DatagramCodec.Kind.OTHER_VERSION);
        bytes[3] |= (byte) DatagramHeader.REFUSAL;
        DatagramCodec.protect(bytes, bytes.length);
        assertThat(DatagramCodec.kind(bytes, bytes.length, CLUSTER)).as("of any version").isEqualTo(DatagramCodec.Kind.REFUSAL);
        bytes[0]++;
        assertThat(DatagramCodec.kind(bytes, bytes.length, CLUSTER)).isEqualTo(DatagramCodec.Kind.FOREIGN);
    }

    @Test
    void shouldRefuseHeadersWhoseNumbersMakeNoSense() {
        PeerId me = HEADER.receiver();
        refuses(new DatagramHeader(0, CLUSTER, PeerId.UNKNOWN, me, 0, 0, 0, 0, 0));
        refuses(new DatagramHeader(DatagramHeader.SEALED, CLUSTER, HEADER.sender(), me, 0, 0, 0, 0, 0));
        refuses(new DatagramHeader(0, CLUSTER, HEADER.sender(), me, 1, 0, 0, 0, 0));
        refuses(new DatagramHeader(0, CLUSTER, HEADER.sender(), me, 0, 1, 0, 0, 0));
        refuses(new DatagramHeader(0, CLUSTER, HEADER.sender(), me, -1, 1, 0, 0, 0));
        refuses(new DatagramHeader(0, CLUSTER, HEADER.sender(), me, 1, -1, 0, 0, 0));
        refuses(new DatagramHeader(0, CLUSTER, HEADER.sender(), me, 0, 0, 1, -1, 0));
        refuses(new DatagramHeader(0, CLUSTER, HEADER.sender(), PeerId.UNKNOWN, 1, 1, 0, 0, 0));
        assertThatThrownBy(() -> DatagramCodec.header(datagram(HEADER), 83)).hasMessage("a datagram of 83 bytes ends within its header");
    }

    @Test
    void shouldRefuseADatagramOfWhichAnyBitWasChangedOrAnyByteIsMissing() {
        byte[] bytes = new byte[DatagramHeader.BYTES + 40];
        HEADER.write(bytes);
        for (int i = DatagramHeader.BYTES; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        DatagramCodec.protect(bytes, bytes.length);
        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            byte[] damaged = bytes.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            boolean prefix = bit < 2 * 8 || bit >= 4 * 8 && bit < 12 * 8;
            assertThat(DatagramCodec.kind(damaged, damaged.length, CLUSTER)).as("bit " + bit)
                    .isIn(prefix ? DatagramCodec.Kind.FOREIGN : DatagramCodec.Kind.DAMAGED, prefix ? DatagramCodec.Kind.OTHER_CLUSTER : DatagramCodec.Kind.DAMAGED);
        }
        for (int length = DatagramCodec.PREFIX_BYTES; length < bytes.length; length++) {
            assertThat(DatagramCodec.kind(bytes, length, CLUSTER)).isEqualTo(DatagramCodec.Kind.DAMAGED);
        }
    }

    @Test
    void shouldRefuseFramingThatDoesNotEndWithTheDatagram() throws MalformedException {
        byte[] bytes = new byte[DatagramCodec.DATAGRAM_BYTES_MAX];
        HEADER.write(bytes);
        int end = DatagramCodec.putMessage(bytes, DatagramHeader.BYTES, new byte[100]);
        end = DatagramCodec.putMessage(bytes, end, new byte[1]);
        DatagramCodec.checkFraming(HEADER, bytes, end);
        for (int length : new int[] {end - 1, end + 1, end + 2, DatagramHeader.BYTES + 1}) {
            assertThatThrownBy(() -> DatagramCodec.checkFraming(HEADER, bytes, length)).isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void shouldRefuseFragmentsThatDoNotFitTheirMessage() throws MalformedException {
        DatagramHeader header = new DatagramHeader(DatagramHeader.FRAGMENT, CLUSTER, HEADER.sender(), HEADER.receiver(), 1, 1, 0, 0, 0);
        byte[] bytes = new byte[DatagramCodec.DATAGRAM_BYTES_MAX];
        int end = DatagramCodec.putFragment(bytes, DatagramHeader.BYTES, 1, new byte[5000], 1254, 1254);
        assertThat(end).isEqualTo(DatagramCodec.DATAGRAM_BYTES_MAX);
        DatagramCodec.checkFraming(header, bytes, end);
        int[][] wrong = {{MessageCodec.MESSAGE_BYTES_MAX + 1, 0}, {-1, 0}, {5000, -1}, {5000, 4000}, {5000, Integer.MAX_VALUE}, {100, 0}};
        for (int[] totalAndOffset : wrong) {
            ByteBuffer.wrap(bytes).putInt(DatagramHeader.BYTES + 4, totalAndOffset[0]).putInt(DatagramHeader.BYTES + 8, totalAndOffset[1]);
            assertThatThrownBy(() -> DatagramCodec.checkFraming(header, bytes, end)).isInstanceOf(MalformedException.class);
        }
        assertThatThrownBy(() -> DatagramCodec.checkFraming(header, bytes, DatagramHeader.BYTES + 12)).hasMessage("an empty fragment");
    }

    @Test
    void shouldCutALongRefusalAtTheDatagramsEnd() {
        byte[] datagram = DatagramCodec.refusal(CLUSTER, "no".repeat(5000));
        assertThat(datagram).hasSize(DatagramCodec.DATAGRAM_BYTES_MAX);
        assertThat(DatagramCodec.refusal(datagram, datagram.length)).startsWith("nono");
    }
}
