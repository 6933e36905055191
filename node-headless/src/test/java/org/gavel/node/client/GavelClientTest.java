package org.gavel.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.gavel.protocol.client.ClientSettings;
import org.gavel.protocol.client.NoAnswerException;
import org.gavel.protocol.client.NoClusterException;
import org.gavel.protocol.client.RefusedException;
import org.gavel.protocol.host.udp.BindAddress;
import org.gavel.protocol.identity.Uid;
import org.junit.jupiter.api.Test;

/** The client's own thread, on real sockets where nobody answers. */
class GavelClientTest {
    @Test
    void shouldFailWithTheClientsOwnExceptionWhenNobodyIsThere() throws IOException {
        try (GavelClient client = open(50)) {
            assertThatThrownBy(client.status()::join).isInstanceOf(CompletionException.class).hasCauseInstanceOf(NoClusterException.class);
            assertThatThrownBy(client.fault("amber", "kill", 0)::join).hasCauseInstanceOf(NoClusterException.class);
            assertThatThrownBy(client.bid("lamp-1", 5, null)::join).hasCauseInstanceOf(NoClusterException.class);
        }
    }

    @Test
    void shouldFailWhatIsUnderWayWhenClosedAndRefuseWhatComesLater() throws IOException {
        GavelClient client = open(0);
        CompletableFuture<?> underWay = client.join("lamp-1", event -> { });
        client.close();
        client.close();
        assertThatThrownBy(underWay::join).hasCauseInstanceOf(NoAnswerException.class);
        assertThatThrownBy(client.list()::join).hasCauseInstanceOf(RefusedException.class);
    }

    @Test
    void shouldCompleteFuturesOnItsOwnThreadAndTakeCallsThere() throws IOException {
        try (GavelClient client = open(50)) {
            CompletableFuture<Thread> first = new CompletableFuture<>();
            CompletableFuture<Thread> second = new CompletableFuture<>();
            client.onClientThread(core -> core.list().whenComplete((list, failure) -> {
                first.complete(Thread.currentThread());
                core.status().whenComplete((status, again) -> second.complete(Thread.currentThread()));
            }));
            assertThat(first.join()).isSameAs(second.join()).isNotSameAs(Thread.currentThread());
        }
    }

    private static GavelClient open(long timeoutMs) throws IOException {
        ClientSettings settings = ClientSettings.defaults("nobody-here", new Uid(7), "mika").withTimeoutMs(timeoutMs);
        return GavelClient.open(BindAddress.resolve("loopback"), 45_999, List.of(), settings);
    }
}
