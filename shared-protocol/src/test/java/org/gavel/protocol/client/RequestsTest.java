package org.gavel.protocol.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.gavel.protocol.host.simulation.SimulatedNetwork;
import org.gavel.protocol.wire.Message;
import org.junit.jupiter.api.Test;

/** Requests to the manager (protocol.md sections 3 and 10). */
class RequestsTest {
    private static final String STATUS = "{\"cluster\":\"gavel\",\"viewId\":\"1.1\",\"inm\":\"00000000000000a1\",\"nodes\":["
            + "{\"uid\":\"%s\",\"name\":\"amber\",\"address\":\"%s\",\"role\":\"inm\",\"incarnation\":1,\"lastHeardMs\":0},"
            + "{\"uid\":\"00000000000000b2\",\"name\":\"birch\",\"address\":\"10.0.0.9:4711\",\"role\":\"idle\",\"incarnation\":1,\"lastHeardMs\":40}]}";

    private final SimulatedNetwork network = new SimulatedNetwork(SimulatedNetwork.seedOr(1));
    private final FakeHouse house = new FakeHouse(network);

    @Test
    void shouldListWhatTheManagerAnswers() {
        FakeHouse.Node manager = house.node("amber").manages();
        manager.replyBody = "{\"items\":[{\"id\":\"lamp\",\"title\":\"Lamp\",\"startPriceCents\":1000,\"incrementCents\":100}],\"auctions\":[]}";
        TestClient client = new TestClient(network, "mika");
        AuctionList list = client.get(client.call(AuctionClient::list));
        assertThat(list.items()).containsExactly(new ItemInfo("lamp", "Lamp", null, 1_000, 100, null));
        assertThat(list.auctions()).isEmpty();
    }

    @Test
    void shouldSayThatNoClusterWasHeardWhenNobodyAnswers() {
        TestClient client = new TestClient(network, "mika");
        Throwable failure = client.failure(client.call(AuctionClient::status));
        assertThat(failure).isInstanceOf(NoClusterException.class).hasMessageContaining("'gavel'");
        assertThat(network.nowMs()).isBetween(5_000.0, 5_100.0);
    }

    @Test
    void shouldSayThatNoAnswerCameWhenTheClusterIsHeardAndStaysSilent() {
        house.node("amber").manages().repliesToRequests = false;
        TestClient client = new TestClient(network, "mika");
        Throwable failure = client.failure(client.call(AuctionClient::list));
        assertThat(failure).isInstanceOf(NoAnswerException.class).hasMessageContaining("15000 ms");
        assertThat(network.nowMs()).isBetween(15_000.0, 15_100.0);
    }

    @Test
    void shouldRepeatTheSameRequestIdUntilANewManagerAnswers() {
        FakeHouse.Node old = house.node("amber").manages();
        old.repliesToRequests = false;
        TestClient client = new TestClient(network, "mika");
        var answer = client.call(c -> c.start(StartRequest.of("lamp", 60_000)));
        network.run(500);
        assertThat(old.got).filteredOn(m -> m instanceof Message.Request).hasSize(1);
        old.host.crash();
        FakeHouse.Node next = house.node("birch").manages();
        next.replyBody = "{\"auctionId\":\"lamp-3\",\"group\":4,\"active\":\"10.0.0.1:4711\",\"activeUid\":\"00000000000000a1\"}";
        assertThat(client.get(answer)).isEqualTo(new StartResult("lamp-3", 4, "10.0.0.1:4711", "00000000000000a1"));
        Message.Request first = (Message.Request) requests(old).get(0);
        assertThat(requests(next)).isNotEmpty().allSatisfy(m -> assertThat(((Message.Request) m).requestId()).isEqualTo(first.requestId()));
    }

    @Test
    void shouldAskAgainWhenTheAskedOneIsNotTheManager() {
        FakeHouse.Node node = house.node("amber").manages();
        node.replyCode = "not-inm";
        TestClient client = new TestClient(network, "mika");
        var answer = client.call(AuctionClient::list);
        network.run(300);
        assertThat(answer).isNotDone();
        node.replyCode = "ok";
        node.replyBody = "{\"items\":[],\"auctions\":[]}";
        assertThat(client.get(answer).items()).isEmpty();
    }

    @Test
    void shouldNotAskAManagerThatHandsOverAsFastAsTheNetworkGoes() {
        FakeHouse.Node node = house.node("amber").manages();
        node.replyCode = "not-inm"; // as one that drains does, up to 2 s
        TestClient client = new TestClient(network, "mika");
        client.call(c -> c.start(StartRequest.of("lamp", 60_000)));
        network.run(2_000);
        assertThat(requests(node)).hasSizeBetween(2, 20);
    }

    @Test
    void shouldFailWithTheReasonWhenTheManagerRefuses() {
        FakeHouse.Node node = house.node("amber").manages();
        node.replyCode = "refused";
        node.replyBody = "there is no item 'lmap'";
        TestClient client = new TestClient(network, "mika");
        Throwable failure = client.failure(client.call(c -> c.start(StartRequest.of("lmap", 60_000))));
        assertThat(failure).isInstanceOf(RefusedException.class).hasMessage("there is no item 'lmap'");
    }

    @Test
    void shouldSendAFaultToTheStartThatStatusNames() {
        FakeHouse.Node node = house.node("amber").manages();
        node.replyBody = String.format(STATUS, node.ref.uid(), node.ref.address());
        TestClient client = new TestClient(network, "mika");
        NodeInfo hit = client.get(client.call(c -> c.fault("amber", "pause", 10_000)));
        assertThat(hit.name()).isEqualTo("amber");
        assertThat(node.got).filteredOn(m -> m instanceof Message.Fault).hasSize(1).first()
                .satisfies(m -> assertThat(((Message.Fault) m).target()).isEqualTo(node.ref.peer()));
    }

    @Test
    void shouldRefuseAFaultToANodeThatNobodyKnows() {
        FakeHouse.Node node = house.node("amber").manages();
        node.replyBody = String.format(STATUS, node.ref.uid(), node.ref.address());
        TestClient client = new TestClient(network, "mika");
        assertThat(client.failure(client.call(c -> c.fault("zebra", "kill", 0)))).isInstanceOf(RefusedException.class).hasMessageContaining("'zebra'");
    }

    @Test
    void shouldNotTrustAnAnswerThatIsNoJson() {
        house.node("amber").manages().replyBody = "{\"items\":[[[";
        TestClient client = new TestClient(network, "mika");
        assertThat(client.failure(client.call(AuctionClient::list))).isInstanceOf(NoAnswerException.class);
    }

    @Test
    void shouldFailWhateverIsUnderWayWhenClosed() {
        TestClient client = new TestClient(network, "mika");
        var answer = client.call(AuctionClient::list);
        network.run(10);
        client.host.execute(client.client::close);
        assertThat(client.failure(answer)).isInstanceOf(NoAnswerException.class).hasMessageContaining("closed");
    }

    private static List<Message> requests(FakeHouse.Node node) {
        return node.got.stream().filter(m -> m instanceof Message.Request).toList();
    }
}
