package org.gavel.protocol.host.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BindAddressTest {
    @Test
    void shouldReachTheWholeMachineByTheLoopbackBroadcast() {
        BindAddress loopback = BindAddress.resolve("loopback");
        assertThat(loopback.local().getHostAddress()).isEqualTo("127.0.0.1");
        assertThat(loopback.broadcasts()).extracting(InetAddress::getHostAddress).containsExactly("127.255.255.255");
        assertThat(BindAddress.resolve("127.0.0.2").local().getHostAddress()).isEqualTo("127.0.0.2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"wlan99", "", "203.0.113.77", "300.1.1.1", "loop back", "127.0.0.1000", "127.0.0.999"})
    void shouldNameTheMistakeAndTheWayOut(String text) {
        assertThatThrownBy(() -> BindAddress.resolve(text)).isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("this machine").hasMessageContaining("127.0.0.1").hasMessageContaining("--bind");
    }

    @Test
    void shouldTakeACardOfThisMachineByItsAddressOrName() {
        assertThat(BindAddress.resolve("lo")).isEqualTo(BindAddress.resolve("loopback"));
    }
}
