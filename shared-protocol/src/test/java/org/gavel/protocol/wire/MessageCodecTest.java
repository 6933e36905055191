package org.gavel.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.identity.ViewId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageCodecTest {
    private final MessageCodec codec = new MessageCodec();

    private static byte[] frame(MessageType type, String json, byte[] carried) {
        byte[] text = json.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(13 + text.length + carried.length).put((byte) type.code()).putLong(3).putInt(text.length).put(text)
                .put(carried).array();
    }

    private Message read(MessageType type, String json) throws MalformedException {
        byte[] frame = frame(type, json, new byte[0]);
        return codec.decode(frame, 0, frame.length).message();
    }

    private static String json(byte[] frame) {
        return new String(frame, 13, ByteBuffer.wrap(frame).getInt(9), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @EnumSource(MessageType.class)
    void shouldReadWhatItWroteForEveryType(MessageType type) throws MalformedException {
        SampleMessages samples = new SampleMessages(type.code());
        for (int i = 0; i < 50; i++) {
            Message message = samples.of(type);
            byte[] frame = codec.encode(-7, message);
            byte[] shifted = new byte[frame.length + 20];
            System.arraycopy(frame, 0, shifted, 9, frame.length);
            Envelope read = codec.decode(shifted, 9, frame.length);

            assertThat(read.group()).isEqualTo(-7);
            assertThat(read.message()).usingRecursiveComparison().ignoringCollectionOrder().isEqualTo(message);
            assertThat(codec.encode(-7, read.message())).isEqualTo(frame);
        }
    }

    @ParameterizedTest
    @EnumSource(value = MessageType.class, names = {"APPEND", "HELD", "SUBMIT", "DELIVERED", "HEARTBEAT"})
    void shouldSpellHotTypesAsGsonDoes(MessageType type) {
        SampleMessages samples = new SampleMessages(1);
        for (int i = 0; i < 200; i++) {
            Message message = samples.of(type);
            assertThat(json(codec.encode(0, message))).isEqualTo(ScalarJson.gson().toJson(message));
        }
    }

    @Test
    void shouldReadHotTypesInAnyOtherLegalSpelling() throws MalformedException {
        assertThat(read(MessageType.HELD, " { \"logId\" : -5, \"index\":9223372036854775807,\n\"epoch\":-9223372036854775808, \"later\":[{}] } "))
                .isEqualTo(new Message.Held(Long.MIN_VALUE, Long.MAX_VALUE, -5));
        assertThat(read(MessageType.HEARTBEAT, "{\"members\":[\"00000000000000FF\"],\"view\":{\"number\":3,\"epoch\":2,\"foundation\":1},"
                + "\"epoch\":4,\"lastIndex\":5,\"commitIndex\":6,\"timeMs\":7}"))
                .isEqualTo(new Message.Heartbeat(new ViewId(1, 2, 3), 4, 5, 6, 7, List.of(new Uid(255))));
    }

    @Test
    void shouldSpellUidsAndAddressesForPeople() {
        String json = json(codec.encode(0, new Message.ProbeReply(-1, new org.gavel.protocol.identity.PeerId(new Uid(0xBEEF), 7))));
        assertThat(json).isEqualTo("{\"nonce\":-1,\"target\":{\"uid\":\"000000000000beef\",\"incarnation\":7}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "{", "[]", "null", "1", "\"x\"", "{}", "{\"epoch\":1,\"index\":2}", "{\"epoch\":1,\"index\":2,\"logId\":null}",
        "{\"epoch\":1,\"index\":2,\"logId\":\"3\"}", "{\"epoch\":1,\"index\":2,\"logId\":3.5}", "{\"epoch\":1,\"index\":2,\"logId\":1e3}",
        "{\"epoch\":1,\"index\":2,\"logId\":9223372036854775808}", "{\"epoch\":1,\"index\":2,\"logId\":-9223372036854775809}",
        "{\"epoch\":1,\"index\":2,\"logId\":99999999999999999999999999}", "{\"epoch\":1,\"index\":2,\"logId\":NaN}",
        "{\"epoch\":1,\"index\":2,\"logId\":true}", "{\"epoch\":1,\"index\":2,\"logId\":{}}", "{\"epoch\":1,\"index\":2,\"logId\":01}",
        "{\"epoch\":1,\"epoch\":1,\"index\":2,\"logId\":3}", "{\"epoch\":1,\"index\":2,\"logId\":3}}", "{\"epoch\":1,\"index\":2,\"logId\":3} x",
        "{'epoch':1,'index':2,'logId':3}", "{epoch:1,index:2,logId:3}", "{\"epoch\":1;\"index\":2;\"logId\":3}"})
    void shouldRefuseWhatIsNoSuchMessageWithASentence(String json) {
        assertThatThrownBy(() -> read(MessageType.HELD, json)).isInstanceOf(MalformedException.class).hasMessageStartingWith("HELD");
    }

    @Test
    void shouldRefuseDeepNestingHugeNumbersAndBadTexts() {
        String deep = "{\"later\":" + "[".repeat(500_000) + "]".repeat(500_000) + ",\"epoch\":1,\"index\":2,\"logId\":3}";
        String huge = "{\"epoch\":1,\"index\":2,\"logId\":" + "9".repeat(500_000) + "}";
        String member = "{\"view\":{\"foundation\":1,\"epoch\":1,\"number\":1},\"epoch\":1,\"lastIndex\":1,\"commitIndex\":1,\"timeMs\":1,\"members\":[%s]}";
        assertThatThrownBy(() -> read(MessageType.HELD, deep)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> read(MessageType.HELD, huge)).isInstanceOf(MalformedException.class);
        for (String uid : List.of("null", "\"\"", "\"xyzxyzxyzxyzxyzx\"", "7", "\"123\"", "\"+123456789012345\"", "[]")) {
            assertThatThrownBy(() -> read(MessageType.HEARTBEAT, member.formatted(uid))).as(uid).isInstanceOf(MalformedException.class);
        }
        byte[] notUtf8 = frame(MessageType.REFUSED, "{\"code\":\"?\",\"sentence\":\"\"}", new byte[0]);
        notUtf8[13 + 9] = (byte) 0xC3;
        assertThatThrownBy(() -> codec.decode(notUtf8, 0, notUtf8.length)).isInstanceOf(MalformedException.class).hasMessageContaining("UTF-8");
    }

    @Test
    void shouldRefuseFramesWhoseLengthsMakeNoSense() {
        byte[] good = codec.encode(3, new Message.Held(1, 2, 3));
        assertThatThrownBy(() -> codec.decode(good, 0, 5)).hasMessage("a message of 5 bytes");
        assertThatThrownBy(() -> codec.decode(good, 0, -1)).isInstanceOf(MalformedException.class);
        byte[] unknown = good.clone();
        unknown[0] = (byte) 200;
        assertThatThrownBy(() -> codec.decode(unknown, 0, unknown.length)).hasMessage("unknown message type 200");
        for (int claimed : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, good.length - 12}) {
            byte[] wrong = good.clone();
            ByteBuffer.wrap(wrong).putInt(9, claimed);
            assertThatThrownBy(() -> codec.decode(wrong, 0, wrong.length)).isInstanceOf(MalformedException.class).hasMessageContaining("claims");
        }
        byte[] trailing = frame(MessageType.HELD, "{\"epoch\":1,\"index\":2,\"logId\":3}", new byte[4]);
        assertThatThrownBy(() -> codec.decode(trailing, 0, trailing.length)).hasMessage("HELD has 4 bytes behind its end");
    }

    @Test
    void shouldRefuseToWriteANullThatTheRecordDoesNotAllow() {
        assertThatThrownBy(() -> codec.encode(0, new Message.Refused("code", null))).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Refused.sentence must not be null");
    }

    @Test
    void shouldGiveTheSameObjectForATextReadBeforeAndAnotherForOneThatDiffersInAByte() throws MalformedException {
        Message first = read(MessageType.TOKEN_ACK, "{\"number\":41}");

        assertThat(read(MessageType.TOKEN_ACK, "{\"number\":41}")).isSameAs(first);
        assertThat(read(MessageType.TOKEN_ACK, "{\"number\":42}")).isEqualTo(new Message.TokenAck(42));
        assertThat(read(MessageType.TOKEN_ACK, "{\"number\":41}")).isEqualTo(first);
        assertThatThrownBy(() -> read(MessageType.TOKEN, "{\"number\":41}")).as("the same text as another type").isInstanceOf(MalformedException.class);
    }

    @Test
    void shouldTellApartTextsThatMeetInOnePlaceOfWhatIsKept() throws MalformedException {
        for (int round = 0; round < 2; round++) {
            for (long number = 0; number < 20L * RecentJson.SLOTS; number++) {
                assertThat(read(MessageType.TOKEN_ACK, "{\"number\":" + number + "}")).isEqualTo(new Message.TokenAck(number));
            }
        }
    }

    @Test
    void shouldSpellAMessageByItselfWhateverWasWrittenBefore() {
        SampleMessages samples = new SampleMessages(5);
        for (int i = 0; i < 100; i++) {
            Message one = samples.of(MessageType.STABILITY);
            Message other = samples.of(MessageType.STABILITY);
            for (Message message : List.of(one, one, other, one)) {
                assertThat(json(codec.encode(0, message))).isEqualTo(ScalarJson.gson().toJson(message));
            }
        }
    }

    @Test
    void shouldCarryTheBytesOfEachMessageThoughTheirJsonIsEqual() throws MalformedException {
        for (byte b = 0; b < 3; b++) {
            byte[] frame = frame(MessageType.MULTICAST, "{\"origin\":{\"uid\":\"00000000000000aa\",\"incarnation\":1},"
                + "\"view\":{\"foundation\":1,\"epoch\":2,\"number\":3},\"sequence\":9,\"stableUpTo\":2}", new byte[] {b});
            Message.Multicast read = (Message.Multicast) codec.decode(frame, 0, frame.length).message();
            assertThat(read.bytes()).containsExactly(b);
            assertThat(codec.encode(3, read)).isEqualTo(frame);
        }
    }
}
