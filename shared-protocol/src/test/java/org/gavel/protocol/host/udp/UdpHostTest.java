package org.gavel.protocol.host.udp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.gavel.protocol.host.DatagramReceiver;
import org.gavel.protocol.identity.Address;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On real sockets of the loopback; every wait is for a condition, with a generous limit. */
@Timeout(120)
class UdpHostTest {
    private static final long GENEROUS_S = 30;

    private record Heard(Address from, String text) { }

    private static final class Ear implements DatagramReceiver {
        private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
        private final BlockingQueue<Address> hints = new LinkedBlockingQueue<>();

        @Override
        public void onDatagram(Address from, byte[] bytes, int length) {
            heard.add(new Heard(from, new String(bytes, 0, length, UTF_8)));
        }

        @Override
        public void onCrashHint(Address peer) {
            hints.add(peer);
        }

        private Heard next() throws InterruptedException {
            return heard.poll(GENEROUS_S, TimeUnit.SECONDS);
        }
    }

    private final List<UdpHost> hosts = new ArrayList<>();
    private final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
    private final Ear earA = new Ear();
    private final Ear earB = new Ear();
    private int discoveryPort;
    private UdpHost a;
    private UdpHost b;

    @BeforeEach
    void open() throws IOException {
        try (DatagramSocket free = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            discoveryPort = free.getLocalPort();
        }
        a = host(earA, s -> s);
        b = host(earB, s -> s);
    }

    @AfterEach
    void close() {
        hosts.forEach(UdpHost::close);
    }

    private UdpHost host(DatagramReceiver receiver, UnaryOperator<UdpHostSettings> change) throws IOException {
        UdpHostSettings settings = UdpHostSettings.of(BindAddress.resolve("loopback"), discoveryPort).withDaemon(true).withOnFailure(failures::add);
        UdpHost host = UdpHost.open(change.apply(settings));
        hosts.add(host);
        return host.start(receiver);
    }

    private static void say(UdpHost from, Address to, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        from.execute(() -> from.send(to, bytes, bytes.length));
    }

    private static <T> T ask(UdpHost host, Supplier<T> question) throws InterruptedException, ExecutionException, TimeoutException {
        return CompletableFuture.supplyAsync(question, host).get(GENEROUS_S, TimeUnit.SECONDS);
    }

    @Test
    void shouldDeliverUnicastWithTheSendersOwnAddress() throws Exception {
        say(a, b.address(), "one");
        assertThat(earB.next()).isEqualTo(new Heard(a.address(), "one"));
        say(b, a.address(), "two");
        assertThat(earA.next()).isEqualTo(new Heard(b.address(), "two"));
        assertThat(ask(a, a::counters)).satisfies(c -> assertThat(List.of(c.sent(), c.sentBytes(), c.received())).containsExactly(1L, 3L, 1L));
    }

    @Test
    void shouldReachEveryProcessOfOneDiscoveryPortTheSenderIncluded() throws Exception {
        Ear earC = new Ear();
        host(earC, s -> s);
        Ear deaf = new Ear();
        UdpHost client = host(deaf, s -> s.withListenDiscovery(false));
        client.execute(() -> client.broadcast("hello".getBytes(UTF_8), 5));
        a.execute(() -> a.broadcast("a too".getBytes(UTF_8), 5));
        for (Ear ear : List.of(earA, earB, earC)) {
            assertThat(List.of(ear.next(), ear.next())).containsExactlyInAnyOrder(new Heard(client.address(), "hello"), new Heard(a.address(), "a too"));
        }
        assertThat(deaf.heard).isEmpty();
    }

    @Test
    void shouldSendBroadcastsToSeedsAsWell() throws Exception {
        int otherPort = discoveryPort == 45_999 ? 45_998 : 45_999;
        UdpHost elsewhere = UdpHost.open(UdpHostSettings.of(BindAddress.resolve("loopback"), otherPort).withListenDiscovery(false)
            .withDaemon(true).withPeers(List.of(b.address())));
        hosts.add(elsewhere);
        elsewhere.start(new Ear());
        elsewhere.execute(() -> elsewhere.broadcast("seed".getBytes(UTF_8), 4));
        assertThat(earB.next()).isEqualTo(new Heard(elsewhere.address(), "seed"));
    }

    @Test
    void shouldHintWhenAWatchedPeerHasEnded() throws Exception {
        ask(a, () -> {
            a.watch(b.address());
            a.watch(b.address());
            return true;
        });
        say(a, b.address(), "alive");
        assertThat(earB.next().text()).isEqualTo("alive");
        assertThat(earA.hints).isEmpty();
        b.close();
        say(a, b.address(), "anybody there?");
        assertThat(earA.hints.poll(GENEROUS_S, TimeUnit.SECONDS)).isEqualTo(b.address());
        assertThat(ask(a, () -> a.counters().crashHints())).isPositive();
    }

    @Test
    void shouldHintOnTheWriteThatMeetsAnEarlierReplyAndStillSend() throws Exception {
        a.execute(() -> a.watch(b.address()));
        b.close();
        a.execute(() -> {
            for (int i = 0; i < 10; i++) {
                a.send(b.address(), new byte[] {1}, 1);
            }
        });
        assertThat(earA.hints.poll(GENEROUS_S, TimeUnit.SECONDS)).isEqualTo(b.address());
        Ear again = new Ear();
        host(again, s -> s.withUnicastPort(b.address().port()));
        say(a, b.address(), "back?");
        assertThat(again.next()).isEqualTo(new Heard(a.address(), "back?"));
    }

    @Test
    void shouldGiveNoHintWhenHintsAreOffOrThePeerIsNoLongerWatched() throws Exception {
        Ear earC = new Ear();
        UdpHost c = host(earC, s -> s.withCrashHints(false));
        c.execute(() -> c.watch(b.address()));
        a.execute(() -> {
            a.watch(b.address());
            a.unwatch(b.address());
        });
        b.close();
        say(a, b.address(), "x");
        say(c, b.address(), "x");
        say(a, c.address(), "behind it");
        say(c, a.address(), "behind it");
        assertThat(earA.next().text()).isEqualTo("behind it");
        assertThat(earC.next().text()).isEqualTo("behind it");
        assertThat(earA.hints).isEmpty();
        assertThat(earC.hints).isEmpty();
    }

    @Test
    void shouldHearAWatchedPeerAndStrangersAlike() throws Exception {
        Ear earC = new Ear();
        UdpHost c = host(earC, s -> s);
        ask(a, () -> {
            a.watch(b.address());
            return true;
        });
        for (int i = 0; i < 50; i++) {
            say(b, a.address(), "b" + i);
            say(c, a.address(), "c" + i);
        }
        List<Heard> all = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            all.add(earA.next());
        }
        assertThat(all.stream().filter(h -> h.from().equals(b.address())).map(Heard::text).findFirst()).contains("b0");
        assertThat(all.stream().filter(h -> h.from().equals(c.address()))).hasSize(50);
        ask(a, () -> {
            a.unwatch(b.address());
            return true;
        });
        ask(a, () -> "a pass later: the channel is closed");
        say(b, a.address(), "unwatched");
        assertThat(earA.next()).isEqualTo(new Heard(b.address(), "unwatched"));
    }

    @Test
    void shouldDropBothWaysWhileIsolated() throws Exception {
        a.isolateFor(TimeUnit.HOURS.toMillis(1));
        say(b, a.address(), "to");
        say(a, b.address(), "from");
        say(a, a.address(), "self");
        CountDownLatch received = new CountDownLatch(1);
        a.execute(new Runnable() {
            @Override
            public void run() {
                if (a.counters().isolated() >= 3) {
                    received.countDown();
                } else {
                    a.schedule(1, this);
                }
            }
        });
        assertThat(received.await(GENEROUS_S, TimeUnit.SECONDS)).isTrue();
        a.isolateFor(0);
        say(a, b.address(), "over");
        assertThat(earB.next().text()).isEqualTo("over");
        assertThat(earA.heard).isEmpty();
    }

    @Test
    void shouldHearAfterAPauseWhatArrivedMeanwhileAndKnowItsLateness() throws Exception {
        CountDownLatch paused = new CountDownLatch(1);
        CompletableFuture<Long> late = new CompletableFuture<>();
        a.execute(() -> {
            a.schedule(5, () -> late.complete(a.lastTimerLatenessMs()));
            a.pauseFor(300);
            paused.countDown();
        });
        paused.await();
        say(b, a.address(), "meanwhile");
        assertThat(earA.next().text()).isEqualTo("meanwhile");
        assertThat(late.get(GENEROUS_S, TimeUnit.SECONDS)).isGreaterThan(200);
    }

    @Test
    void shouldRunTimersInOrderAndNeverACancelledOne() throws Exception {
        BlockingQueue<String> ran = new LinkedBlockingQueue<>();
        a.execute(() -> {
            a.schedule(20, () -> ran.add("second"));
            a.schedule(10, () -> ran.add("cancelled")).cancel();
            a.schedule(0, () -> ran.add("first"));
            a.schedule(30, () -> ran.add("third"));
            a.atEndOfPass(() -> ran.add("end of pass"));
        });
        List<String> order = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            order.add(ran.poll(GENEROUS_S, TimeUnit.SECONDS));
        }
        assertThat(order).containsExactlyInAnyOrder("end of pass", "first", "second", "third").containsSubsequence("first", "second", "third");
    }

    @Test
    void shouldReportWhatACallbackThrowsAndGoOn() throws Exception {
        a.execute(() -> {
            throw new IllegalStateException("broken");
        });
        assertThat(failures.poll(GENEROUS_S, TimeUnit.SECONDS)).hasMessage("broken");
        assertThat(ask(a, () -> "still here")).isEqualTo("still here");
    }

    @Test
    void shouldCountWhatTheKernelRefusesAsLost() throws Exception {
        Address nowhere = Address.parse("127.0.0.1:0");
        say(a, nowhere, "x");
        say(a, b.address(), "behind it");
        assertThat(earB.next().text()).isEqualTo("behind it");
        assertThat(ask(a, () -> a.counters().sendFailures())).isEqualTo(1);
        assertThat(failures).isEmpty();
    }

    @Test
    void shouldSayThatAPortIsTakenAndWhatToDo() throws IOException {
        assertThatThrownBy(() -> host(new Ear(), s -> s.withUnicastPort(a.address().port())))
            .isInstanceOf(PortUnavailableException.class).hasMessageContaining("is not free").hasMessageContaining("choose another");
        try (DatagramSocket selfish = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            UdpHostSettings settings = UdpHostSettings.of(BindAddress.resolve("loopback"), selfish.getLocalPort());
            assertThatThrownBy(() -> UdpHost.open(settings)).isInstanceOf(PortUnavailableException.class).hasMessageContaining("--port");
        }
        assertThatThrownBy(() -> UdpHostSettings.of(BindAddress.resolve("loopback"), 70_000)).hasMessageContaining("1 to 65535");
    }

    @Test
    void shouldRefuseTasksOnceClosed() {
        a.close();
        a.close();
        assertThatThrownBy(() -> a.execute(() -> { })).isInstanceOf(RejectedExecutionException.class);
    }
}
