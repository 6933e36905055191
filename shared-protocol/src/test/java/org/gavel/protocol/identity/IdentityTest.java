package org.gavel.protocol.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityTest {
    @Test
    void shouldCompareUidsUnsigned() {
        assertThat(new Uid(-1)).isGreaterThan(new Uid(1));
        assertThat(new Uid(2)).isGreaterThan(new Uid(1));
    }

    @Test
    void shouldReadDecimalAndHexAndWriteSixteenDigits() {
        assertThat(Uid.parse("255")).isEqualTo(Uid.parse("0xff")).hasToString("00000000000000ff");
        assertThat(Uid.parse("0xFFFFFFFFFFFFFFFF").shortForm()).isEqualTo("ffff");
    }

    @Test
    void shouldWriteAUidAsSixteenLowerCaseHexDigits() {
        long[] values = {0, 1, 0xab, -1, Long.MIN_VALUE, Long.MAX_VALUE, 0x0123_4567_89ab_cdefL, 0xfedc_ba98_7654_3210L};
        for (long value : values) {
            Uid uid = new Uid(value);
            assertThat(uid).hasToString(String.format("%016x", value));
            assertThat(uid.shortForm()).isEqualTo(uid.toString().substring(0, 4));
            assertThat(Uid.parseHex(uid.toString())).isEqualTo(uid);
        }
    }

    @Test
    void shouldReadWhatItWritesOfAnAddress() {
        assertThat(Address.parse("192.168.1.7:45454")).hasToString("192.168.1.7:45454");
        assertThat(Address.parse("255.255.255.255:65535").host()).isEqualTo("255.255.255.255");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost:1", "1.2.3:4", "1.2.3.4", "1.2.3.256:4", "1.2.3.4:70000", "1.2.3.4:-1", "a.b.c.d:1", "1.2.3.4.5:6"})
    void shouldRefuseWhatIsNoAddressWithASentence(String text) {
        assertThatThrownBy(() -> Address.parse(text)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("write it like");
    }

    @Test
    void shouldTellOneStartFromAnother() {
        NodeRef first = new NodeRef(new Uid(1), 5, Address.NONE, "amber", ProcessIdentity.UNKNOWN);
        NodeRef again = new NodeRef(new Uid(1), 6, Address.NONE, "amber", ProcessIdentity.UNKNOWN);

        assertThat(first.sameStart(again)).isFalse();
        assertThat(first.peer()).isNotEqualTo(again.peer());
    }

    @Test
    void shouldOrderViewsOfOneFoundationOnly() {
        assertThat(new ViewId(7, 2, 5).isNewerThan(new ViewId(7, 1, 4))).isTrue();
        assertThat(new ViewId(8, 2, 5).isNewerThan(new ViewId(7, 1, 4))).isFalse();
        assertThat(ViewId.NONE.isNone()).isTrue();
    }
}
