package org.gavel.node.simulation.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.gavel.node.replication.ReplicatedGroup;
import org.gavel.node.simulation.Operation;
import org.gavel.node.simulation.OperationObserver;
import org.gavel.node.simulation.SimulatedClient;
import org.gavel.node.simulation.SimulatedNode;
import org.gavel.node.simulation.World;
import org.gavel.protocol.client.AuctionEvent;
import org.gavel.protocol.client.BidResult;
import org.gavel.protocol.client.Outcome;
import org.gavel.protocol.client.StartResult;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.monitor.TraceEvent;
import org.gavel.protocol.wire.LogEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The checks fed with what a real small world did, changed in one place, or with the logs of two worlds as if they were one. */
class WrongWorldsTest {
    private static final GroupKey RING = GroupKey.ring(1);
    private static final World WORLD = new World(7).startNodes(5);
    private static final World OTHER = new World(8).startNodes(5);
    private static final List<AuctionEvent> HEARD = new ArrayList<>();
    private static String auctionId;
    private static Operation bid;
    private static BidResult answer;

    private final List<Violation> complaints = new ArrayList<>();

    @BeforeAll
    static void play() {
        assertThat(WORLD.runUntil(WORLD::isSettled, 30_000)).isTrue();
        assertThat(OTHER.runUntil(OTHER::isSettled, 30_000)).isTrue();
        WORLD.observe(new OperationObserver() {
            @Override
            public void onOk(Operation operation, Object result) {
                if (result instanceof StartResult started) {
                    auctionId = started.auctionId();
                } else if (result instanceof BidResult told && bid == null) {
                    bid = operation;
                    answer = told;
                }
            }

            @Override
            public void onEvent(String process, AuctionEvent event) {
                HEARD.add(event);
            }
        });
        SimulatedClient mika = WORLD.newClient("mika");
        WORLD.newClient("sela").start("lamp", 60_000);
        assertThat(WORLD.runUntil(() -> auctionId != null, 30_000)).isTrue();
        mika.join(auctionId);
        for (int i = 0; i < 4; i++) {
            mika.bid(auctionId, 10_000 + i * 1_000L);
        }
        assertThat(WORLD.runUntil(() -> HEARD.stream().filter(e -> e.type().equals("bid")).count() == 4 && answer != null, 30_000)).isTrue();
    }

    private static void assertWrong(String invariant, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Violation.class, v -> assertThat(v.invariant()).as(v.getMessage()).isEqualTo(invariant));
    }

    // ---------------------------------------------------------------- logs

    private static ReplicatedGroup ring(World world) {
        return world.manager().inside().ringGroup();
    }

    @Test
    void shouldComplainOfTwoLogsThatDiffer() {
        CommittedLog log = new CommittedLog(RING, entry -> { });
        log.compare("amber", ring(WORLD), 0);
        assertThatCode(() -> log.compare("birch", ring(WORLD), 0)).doesNotThrowAnyException();
        assertWrong(InvariantNames.LOGS_AGREE, () -> log.compare("stranger", ring(OTHER), 0));
    }

    @Test
    void shouldComplainOfALeaderWithoutWhatWasCommittedBefore() {
        CommittedLog log = new CommittedLog(RING, entry -> { });
        log.compare("amber", ring(WORLD), 0);
        assertThatCode(() -> log.compareNewLeader("amber", ring(WORLD), 1_000_000)).doesNotThrowAnyException();
        assertWrong(InvariantNames.LOGS_AGREE, () -> log.compareNewLeader("stranger", ring(OTHER), 1_000_000));
    }

    @Test
    void shouldComplainOfAViewInstalledTwice() {
        List<Committed> all = new ArrayList<>();
        new CommittedLog(RING, all::add).compare("amber", ring(WORLD), 0);
        CatalogueModel model = new CatalogueModel(RING, new HashMap<>(), new TreeMap<>(), new LapseCheck());
        all.forEach(model::apply);
        Committed view = all.stream().filter(c -> c.entry().kind() == LogEntry.Kind.CONFIG).findFirst().orElseThrow();
        assertWrong(InvariantNames.VIEWS_FOLLOW, () -> model.apply(view));
    }

    @Test
    void shouldComplainOfTwoLeadersInOneEpoch() {
        List<SimulatedNode> nodes = WORLD.nodes();
        LeaderCheck leaders = new LeaderCheck();
        assertThat(leaders.serves(RING, 3, nodes.get(0))).isTrue();
        assertThat(leaders.serves(RING, 3, nodes.get(0))).isFalse();
        assertThat(leaders.serves(RING, 4, nodes.get(1))).isTrue();
        assertThat(leaders.serves(new GroupKey(1, 12), 3, nodes.get(1))).isTrue();
        assertWrong(InvariantNames.ONE_LEADER, () -> leaders.serves(RING, 3, nodes.get(1)));
    }

    // ---------------------------------------------------------------- what clients are told

    private ClientStreams streams() {
        ReplicatedGroup group = WORLD.active(auctionId).inside().auctionGroup();
        AuctionModel model = new AuctionModel(new GroupKey(1, 12));
        CommittedLog log = new CommittedLog(new GroupKey(1, 12), model::apply);
        log.compare("active", group, 0);
        AuctionRecord auction = new AuctionRecord(auctionId, new GroupKey(1, 12), log, model);
        return new ClientStreams(id -> id.equals(auctionId) ? auction : null, complaints::add);
    }

    private void hear(List<AuctionEvent> events) {
        ClientStreams streams = streams();
        events.forEach(event -> streams.onEvent("mika", event));
    }

    private void assertComplaint(String invariant) {
        assertThat(complaints).isNotEmpty().allSatisfy(v -> assertThat(v.invariant()).as(v.getMessage()).isEqualTo(invariant));
    }

    private static int placeOfBid(int number) {
        return HEARD.indexOf(HEARD.stream().filter(e -> e.type().equals("bid")).toList().get(number));
    }

    @Test
    void shouldTakeWhatWasReallyTold() {
        hear(HEARD);
        streams().onOk(bid, answer);
        assertThat(complaints).isEmpty();
    }

    @Test
    void shouldComplainOfAnEventLeftOut() {
        List<AuctionEvent> gap = new ArrayList<>(HEARD);
        gap.remove(placeOfBid(1));
        hear(gap);
        assertComplaint(InvariantNames.ONE_ORDER);
    }

    @Test
    void shouldComplainOfAnEventToldTwiceOrBehindALaterOne() {
        List<AuctionEvent> twice = new ArrayList<>(HEARD);
        twice.add(HEARD.get(placeOfBid(1)));
        hear(twice);
        assertComplaint(InvariantNames.ONE_ORDER);
    }

    @Test
    void shouldComplainOfAnEventThatSaysAnythingElse() {
        List<AuctionEvent> changed = new ArrayList<>(HEARD);
        AuctionEvent told = HEARD.get(placeOfBid(2));
        changed.set(placeOfBid(2), AuctionEvent.of(auctionId, told.seq(), told.timeMs(), Outcome.of(told.outcome().json().replace("\"accepted\"", "\"rejected\"")), false));
        hear(changed);
        assertComplaint(InvariantNames.ONE_ORDER);
    }

    @Test
    void shouldComplainOfAResultBeforeTheClose() {
        hear(List.of(AuctionEvent.of(auctionId, 0, 0, Outcome.of("{\"type\":\"closed\",\"result\":\"accepted\",\"sold\":false,\"priceCents\":4000}"), false)));
        assertComplaint(InvariantNames.ONE_CLOSE);
    }

    @Test
    void shouldComplainOfAnAcknowledgedBidThatIsInNoLog() {
        streams().onOk(new Operation(99, "mika", Operation.Kind.BID, auctionId, 10_000, "never-sent", 0), answer);
        assertComplaint(InvariantNames.BID_KEPT);
    }

    @Test
    void shouldComplainOfAnAcknowledgedBidOfAnotherAuction() {
        streams().onOk(new Operation(99, "mika", Operation.Kind.BID, "lamp-999", 10_000, bid.note(), 0), answer);
        assertComplaint(InvariantNames.BID_KEPT);
    }

    // ---------------------------------------------------------------- cost and limits

    private static TraceEvent election(String kind) {
        return new TraceEvent(0, new Uid(1), "election", kind, 12, Uid.NOBODY, "");
    }

    private static void elect(ElectionCost cost, int tokens) {
        cost.traced(election("started"));
        for (int i = 0; i < tokens; i++) {
            cost.traced(election("token-sent"));
        }
        cost.traced(election("nominated"));
    }

    @Test
    void shouldComplainOfAnElectionWithTooManyTokensUnlessAFaultFellIntoIt() {
        ElectionCost most = new ElectionCost();
        elect(most, 10);
        assertThat(most.measured()).isEqualTo(1);
        assertWrong(InvariantNames.LCR_COST, () -> elect(new ElectionCost(), 11));
        ElectionCost disturbed = new ElectionCost();
        disturbed.disturbed(true);
        elect(disturbed, 50);
        assertThat(disturbed.measured()).isZero();
    }

    @Test
    void shouldComplainOfAQueueBeyondItsLimit() {
        World crowded = new World(9).startNodes(1);
        Invariants invariants = new Invariants(crowded);
        assertThat(invariants.electionsMeasured()).isZero();
        for (int i = 0; i < 5_000; i++) {
            crowded.in(i, () -> { });
        }
        assertWrong(InvariantNames.LIMITS, () -> crowded.run(10_000));
    }

    @Test
    void shouldFindAStormOfSteps() {
        World stormy = new World(9).startNodes(1);
        new Invariants(stormy);
        every(stormy, 4);
        stormy.run(5_000); // 250 steps a second are no storm
        every(stormy, 1);
        assertWrong(InvariantNames.LIMITS, () -> stormy.run(5_000));
    }

    private static void every(World world, long ms) {
        world.in(ms, () -> every(world, ms));
    }
}
