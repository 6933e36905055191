package org.gavel.node.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.gavel.protocol.auction.Item;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.ring.Duty;
import org.gavel.protocol.ring.Member;
import org.gavel.protocol.wire.JsonFields;
import org.gavel.protocol.wire.LogEntry;
import org.gavel.protocol.wire.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of the ring's state, protocol.md section 8, one by one. */
class RingStateTest {
    private final RingLab lab = RingLab.of(9);
    private final RingState ring = lab.state;

    private CatalogueItem item(String id) {
        return ring.item(id).orElseThrow();
    }

    private void run(String auctionId, int active) {
        assertThat(lab.say(new RingCommand.Activated(auctionId, 1, new Uid(active), List.of())).accepted()).isTrue();
    }

    @Test
    void shouldClaimAnItemUnderAnIdThatCanBeSaidAloud() {
        RingOutcome first = lab.say(RingLab.claim("lamp", "r1", 2, 3, 4, 5));
        assertThat(first).isEqualTo(new RingOutcome("claim", true, "lamp-1", 2, "assigned", false, ""));
        RingOutcome second = lab.say(RingLab.claim("globe", "r2", 6, 7, 8, 9));
        assertThat(second.auctionId()).isEqualTo("globe-2");
        assertThat(second.group()).isEqualTo(3);
        assertThat(item("lamp")).isEqualTo(new CatalogueItem(item("lamp").item(), ItemStatus.CLAIMED, "lamp-1"));
        assertThat(ring.availableItems()).extracting(Item::id).hasSize(10).doesNotContain("lamp", "globe");
        assertThat(ring.auctionOfGroup(3).orElseThrow().itemId()).isEqualTo("globe");
    }

    @Test
    void shouldAnswerARepeatedRequestWithItsFirstAuction() {
        lab.say(RingLab.claim("lamp", "r1", 2, 3, 4, 5));
        RingOutcome again = lab.say(RingLab.claim("lamp", "r1", 6, 7, 8, 9));
        assertThat(again.accepted() && again.repeat()).isTrue();
        assertThat(again.auctionId()).isEqualTo("lamp-1");
        assertThat(ring.auctions()).hasSize(1);
        lab.say(new RingCommand.Settle("lamp-1", RingLab.closed(false)));
        assertThat(lab.say(RingLab.claim("lamp", "r1", 6, 7, 8, 9)).state()).isEqualTo("finished");
    }

    @Test
    void shouldNeverSellAnItemTwice() {
        lab.say(RingLab.claim("lamp", "r1", 2, 3, 4, 5));
        assertThat(lab.say(RingLab.claim("lamp", "r2", 6, 7, 8, 9)).reason()).contains("'lamp'").contains("lamp-1");
        lab.say(new RingCommand.Settle("lamp-1", RingLab.closed(true)));
        assertThat(item("lamp").status()).isEqualTo(ItemStatus.SOLD);
        assertThat(lab.say(RingLab.claim("lamp", "r3", 6, 7, 8, 9)).reason()).contains("was sold in lamp-1");
        assertThat(lab.say(new RingCommand.Release("lamp")).reason()).contains("stays sold");
        assertThat(item("lamp").status()).isEqualTo(ItemStatus.SOLD);
    }

    @Test
    void shouldNotLetALateResultOfALapsedOrReleasedAuctionTouchTheItem() {
        lab.say(RingLab.claim("lamp", "r1", 2, 3, 4, 5));
        lab.say(new RingCommand.Lapse("lamp-1", "nobody confirmed"));
        assertThat(lab.say(RingLab.claim("lamp", "r2", 6, 7, 8, 9)).auctionId()).isEqualTo("lamp-2");
        RingOutcome late = lab.say(new RingCommand.Settle("lamp-1", RingLab.closed(true)));
        assertThat(late.accepted()).isFalse();
        assertThat(item("lamp").auctionId()).isEqualTo("lamp-2");
        assertThat(item("lamp").status()).isEqualTo(ItemStatus.CLAIMED);

        lab.say(new RingCommand.Release("lamp"));
        assertThat(lab.say(new RingCommand.Settle("lamp-2", RingLab.closed(true))).accepted()).isFalse();
        assertThat(item("lamp").status()).isEqualTo(ItemStatus.AVAILABLE);
    }

    @Test
    void shouldOfferAnUnsoldItemAgain() {
        lab.say(RingLab.claim("lamp", "r1", 2, 3, 4, 5));
        run("lamp-1", 5);
        assertThat(lab.say(new RingCommand.Settle("lamp-1", RingLab.closed(false))).state()).isEqualTo("finished");
        assertThat(item("lamp").status()).isEqualTo(ItemStatus.AVAILABLE);
        assertThat(lab.say(RingLab.claim("lamp", "r2", 6, 7, 8, 9)).auctionId()).isEqualTo("lamp-2");
    }

    @Test
    void shouldSettleOnceAndAcceptTheSameResultAgain() {
        lab.say(RingLab.claim("lamp", "r1", 2, 3, 4, 5));
        lab.say(new RingCommand.Settle("lamp-1", RingLab.closed(true)));
        assertThat(lab.say(new RingCommand.Settle("lamp-1", RingLab.closed(true))).repeat()).isTrue();
        assertThat(lab.say(new RingCommand.Settle("lamp-1", RingLab.closed(false))).accepted()).isFalse();
        assertThat(ring.auction("lamp-1").orElseThrow().result()).isEqualTo(RingLab.closed(true));
    }

    @Test
    void shouldKeepTheItemOfACancelledAuctionUntilAnOperatorReleasesIt() {
        lab.say(RingLab.claim("lamp", "r1", 2, 3, 4, 5));
        run("lamp-1", 5);
        assertThat(lab.say(new RingCommand.Settle("lamp-1", RingLab.cancelled())).state()).isEqualTo("cancelled");
        assertThat(lab.say(RingLab.claim("lamp", "r2", 6, 7, 8, 9)).reason()).contains("lamp-1").contains("operator");
        assertThat(lab.say(new RingCommand.Release("lamp")).accepted()).isTrue();
        assertThat(item("lamp").status()).isEqualTo(ItemStatus.AVAILABLE);
        assertThat(lab.say(new RingCommand.Release("lamp")).reason()).contains("available already");
        assertThat(lab.say(new RingCommand.Release("sofa")).reason()).contains("no item 'sofa'");
    }

    @Test
    void shouldNotTakeAVoidCloseForAResult() {
        lab.say(RingLab.claim("lamp", "r1", 2, 3, 4, 5));
        String early = "{\"type\":\"close\",\"result\":\"void\",\"reason\":\"too early\"}";
        assertThat(lab.say(new RingCommand.Settle("lamp-1", early)).reason()).contains("ends no auction");
        assertThat(lab.say(new RingCommand.Settle("lamp-1", "{")).accepted()).isFalse();
        assertThat(ring.auction("lamp-1").orElseThrow().stage()).isEqualTo(AuctionStage.ASSIGNED);
    }

    @Test
    void shouldRefuseNodesThatAreNotIdle() {
        lab.say(RingLab.claim("lamp", "r1", 2, 3, 4, 5));
        assertThat(lab.say(RingLab.claim("globe", "r2", 5, 6, 7, 8)).reason()).contains("not idle").contains("lamp-1");
        assertThat(lab.say(RingLab.claim("globe", "r3", 1, 6, 7, 8)).reason()).contains("INM");
        assertThat(lab.say(RingLab.claim("globe", "r4", 6, 7, 8, 12)).reason()).contains("no member");
        assertThat(lab.say(RingLab.claim("globe", "r5", 6, 6, 7, 8)).reason()).contains("twice");
        assertThat(lab.say(RingLab.claim("globe", "r6")).reason()).contains("1 to 4 nodes");
        assertThat(item("globe").status()).isEqualTo(ItemStatus.AVAILABLE);
        assertThat(ring.auctions()).as("refused claims use up no number").hasSize(1);
        assertThat(lab.say(RingLab.claim("globe", "r7", 6, 7, 8, 9)).auctionId()).isEqualTo("globe-2");
    }

    @Test
    void shouldRefuseWhatCannotBeAuctioned() {
        assertThat(lab.say(RingLab.claim("sofa", "r", 2, 3, 4, 5)).reason()).contains("no item 'sofa'").contains("list");
        RingCommand.Claim good = RingLab.claim("lamp", "r", 2, 3, 4, 5);
        for (RingCommand.Start start : List.of(
                new RingCommand.Start("lamp", "a", Uid.NOBODY, "x", 0, null, null),
                new RingCommand.Start("lamp", "b", Uid.NOBODY, "x", 1, -1L, null),
                new RingCommand.Start("lamp", "c", Uid.NOBODY, "x", 1, null, -1L),
                new RingCommand.Start("lamp", "d", Uid.NOBODY, "x\u001b", 1, null, null))) {
            RingOutcome outcome = lab.say(new RingCommand.Claim(start, good.members(), good.acceptors()));
            assertThat(outcome.accepted()).isFalse();
            assertThat(outcome.reason()).isNotEmpty();
        }
        assertThat(ring.sold()).isFalse();
    }

    @Test
    void shouldAuctionAtThePricesOfTheStart() {
        RingCommand.Claim good = RingLab.claim("lamp", "r", 2, 3, 4, 5);
        RingCommand.Start start = new RingCommand.Start("lamp", "r", new Uid(7), "Mika", 5_000, 1_00L, 9_00L);
        lab.say(new RingCommand.Claim(start, good.members(), good.acceptors()));
        Assignment assignment = ring.auction("lamp-1").orElseThrow().assignment();
        assertThat(assignment.item().startPriceCents()).isEqualTo(1_00);
        assertThat(assignment.terms(0).item().reserveCents()).isEqualTo(9_00L);
        assertThat(item("lamp").item().startPriceCents()).as("the catalogue keeps its own").isEqualTo(40_00);
    }

    @Test
    void shouldDeriveDutiesFromViewAndDirectory() {
        lab.say(RingLab.claim("lamp", "r1", 2, 3, 4, 5));
        assertThat(ring.dutyOf(new Uid(5))).as("before an active is known").isEqualTo(Duty.FOLLOWER);
        run("lamp-1", 5);
        assertThat(ring.dutyOf(new Uid(1))).isEqualTo(Duty.INM);
        assertThat(ring.dutyOf(new Uid(5))).isEqualTo(Duty.ACTIVE);
        assertThat(ring.dutyOf(new Uid(2))).isEqualTo(Duty.FOLLOWER);
        assertThat(ring.dutyOf(new Uid(6))).isEqualTo(Duty.IDLE);
        assertThat(ring.idleNodes()).isEqualTo(RingLab.nodes(6, 7, 8, 9));
        assertThat(ring.auctionOf(new Uid(2)).orElseThrow().auctionId()).isEqualTo("lamp-1");
    }

    @Test
    void shouldFreeNodesOnlyAfterTheEnd() {
        lab.say(RingLab.claim("lamp", "r1", 2, 3, 4, 5));
        run("lamp-1", 5);
        assertThat(lab.say(new RingCommand.Freed("lamp-1")).reason()).contains("needed");
        lab.say(new RingCommand.Settle("lamp-1", RingLab.closed(true)));
        assertThat(ring.dutyOf(new Uid(2))).as("keeps its log until it is freed").isEqualTo(Duty.FOLLOWER);
        assertThat(lab.say(new RingCommand.Freed("lamp-1")).accepted()).isTrue();
        assertThat(lab.say(new RingCommand.Freed("lamp-1")).repeat()).isTrue();
        assertThat(ring.idleNodes()).hasSize(8);
        assertThat(ring.auction("lamp-1").orElseThrow().group().active()).isEqualTo(new Uid(5));
    }

    @Test
    void shouldTakeReportsOfNewerEpochsOnly() {
        lab.say(RingLab.claim("lamp", "r1", 2, 3, 4, 5));
        assertThat(lab.say(new RingCommand.Activated("lamp-1", 3, new Uid(5), List.of())).state()).isEqualTo("running");
        assertThat(lab.say(new RingCommand.Activated("lamp-1", 2, new Uid(4), List.of())).reason()).contains("epoch 2");
        assertThat(lab.say(new RingCommand.Activated("lamp-1", 3, new Uid(4), List.of())).accepted()).isFalse();
        assertThat(lab.say(new RingCommand.Activated("lamp-1", 3, new Uid(5), List.of())).accepted()).as("said again").isTrue();
        assertThat(lab.say(new RingCommand.Activated("lamp-1", 4, new Uid(4), List.of())).accepted()).isTrue();
        assertThat(lab.say(new RingCommand.Activated("lamp-1", 5, new Uid(7), List.of())).reason()).contains("no node of");
        assertThat(ring.auction("lamp-1").orElseThrow().group().active()).isEqualTo(new Uid(4));
    }

    @Test
    void shouldReserveAReplacementUntilTheActiveNamesIt() {
        lab.say(RingLab.claim("lamp", "r1", 2, 3, 4, 5));
        run("lamp-1", 5);
        assertThat(lab.say(new RingCommand.Members("lamp-1", RingLab.nodes(3, 4, 5, 6))).accepted()).isTrue();
        assertThat(ring.dutyOf(new Uid(6))).isEqualTo(Duty.FOLLOWER);
        assertThat(ring.dutyOf(new Uid(2))).as("left out").isEqualTo(Duty.IDLE);
        List<Uid> old = List.of(new Uid(5), new Uid(4), new Uid(3));
        lab.say(new RingCommand.Activated("lamp-1", 1, new Uid(5), old));
        assertThat(ring.dutyOf(new Uid(6))).as("a report from before the reservation does not free it").isEqualTo(Duty.FOLLOWER);
        lab.say(new RingCommand.Activated("lamp-1", 1, new Uid(5), List.of(new Uid(5), new Uid(4), new Uid(3), new Uid(6))));
        lab.say(new RingCommand.Activated("lamp-1", 1, new Uid(5), old));
        assertThat(ring.dutyOf(new Uid(6))).as("named once, then left out by its active").isEqualTo(Duty.IDLE);
    }

    @Test
    void shouldAcknowledgeAnActiveThatWasBeingReplacedWhenItsGroupElectedIt() {
        lab.say(RingLab.claim("lamp", "r1", 2, 3, 4, 5));
        run("lamp-1", 5);
        lab.say(new RingCommand.Members("lamp-1", RingLab.nodes(2, 3, 5, 6)));
        List<Uid> group = List.of(new Uid(2), new Uid(3), new Uid(4));
        assertThat(lab.say(new RingCommand.Activated("lamp-1", 2, new Uid(4), group)).accepted()).as("left out, and elected meanwhile").isTrue();
        assertThat(ring.dutyOf(new Uid(4))).isEqualTo(Duty.ACTIVE);
        assertThat(ring.dutyOf(new Uid(6))).as("still on its way in").isEqualTo(Duty.FOLLOWER);
        lab.say(RingLab.claim("globe", "r2", 7, 8, 9));
        assertThat(lab.say(new RingCommand.Activated("lamp-1", 3, new Uid(7), List.of(new Uid(7)))).reason()).contains("globe-2");
    }

    /** It was elected INM while the ring took it for idle, and leads an auction all the same (the campaign's seeds 84104 and 90705, 1 minute). */
    @Test
    void shouldNameTheInmAmongTheNodesOfARunningAuctionButClaimNoneWithIt() {
        assertThat(lab.say(RingLab.claim("globe", "r2", 1, 6, 7)).reason()).contains("is the INM");
        lab.say(RingLab.claim("lamp", "r1", 2, 3, 4, 5));
        run("lamp-1", 5);
        assertThat(lab.say(new RingCommand.Members("lamp-1", RingLab.nodes(3, 4, 5, 1))).accepted()).isTrue();
        assertThat(ring.auctionOf(new Uid(1))).isPresent();
    }

    @Test
    void shouldNotReserveANodeOfAnotherAuction() {
        lab.say(RingLab.claim("lamp", "r1", 2, 3, 4));
        lab.say(RingLab.claim("globe", "r2", 5, 6, 7));
        assertThat(lab.say(new RingCommand.Members("lamp-1", RingLab.nodes(2, 3, 4, 5))).reason()).contains("globe-2");
        assertThat(lab.say(new RingCommand.Activated("lamp-1", 1, new Uid(2), List.of(new Uid(2), new Uid(6)))).reason()).contains("globe-2");
    }

    @Test
    void shouldKeepMembersThatLeftTheViewUntilTheyAreReplaced() {
        lab.say(RingLab.claim("lamp", "r1", 2, 3, 4, 5));
        lab.install(ring.view().without(Set.of(new Uid(2))).next(1, new Uid(1)));
        assertThat(ring.auction("lamp-1").orElseThrow().group().contains(new Uid(2))).isTrue();
        assertThat(lab.say(new RingCommand.Members("lamp-1", RingLab.nodes(2, 3, 4, 5, 6))).accepted()).as("known ones may stay").isTrue();
    }

    @Test
    void shouldCallARestartedNodeIdle() {
        lab.say(RingLab.claim("lamp", "r1", 2, 3, 4, 5));
        lab.install(ring.view().with(List.of(new Member(RingLab.node(2, 2), 9))).next(1, new Uid(1)));
        assertThat(ring.dutyOf(new Uid(2))).isEqualTo(Duty.IDLE);
        assertThat(ring.idleNodes()).contains(RingLab.node(2, 2));
    }

    @Test
    void shouldLapseOnlyAnAssignment() {
        lab.say(RingLab.claim("lamp", "r1", 2, 3, 4, 5));
        run("lamp-1", 5);
        assertThat(lab.say(new RingCommand.Lapse("lamp-1", "late")).reason()).contains("running");
        lab.say(RingLab.claim("globe", "r2", 6, 7, 8, 9));
        assertThat(lab.say(new RingCommand.Lapse("globe-2", "nobody confirmed")).accepted()).isTrue();
        assertThat(lab.say(new RingCommand.Lapse("globe-2", "nobody confirmed")).repeat()).isTrue();
        assertThat(item("globe").status()).isEqualTo(ItemStatus.AVAILABLE);
        assertThat(ring.idleNodes()).hasSize(4);
        assertThat(lab.say(new RingCommand.Activated("globe-2", 9, new Uid(9), List.of())).reason()).contains("lapsed");
    }

    @Test
    void shouldTakeOnlyTheFirstCatalogue() {
        Item item = new Item("sofa", "Sofa", null, 1, 1, null);
        assertThat(lab.say(new RingCommand.Catalogue(List.of(item))).accepted()).isFalse();
        assertThat(ring.items()).hasSize(12);
        RingLab fresh = new RingLab();
        assertThat(fresh.say(new RingCommand.Catalogue(List.of(item, item))).reason()).contains("used by an item before");
        assertThat(fresh.state.hasCatalogue()).isFalse();
    }

    @Test
    void shouldRememberFoundingAndSales() {
        assertThat(ring.founded()).isFalse();
        lab.say(new RingCommand.Founded());
        assertThat(ring.founded()).isTrue();
        assertThat(ring.sold()).isFalse();
        lab.say(RingLab.claim("lamp", "r1", 2, 3, 4, 5));
        assertThat(ring.sold()).isTrue();
    }

    @Test
    void shouldEitherDissolveOrSellButNeverBoth() throws MalformedException {
        assertThat(lab.say(new RingCommand.Dissolve("the other is larger")).accepted()).isTrue();
        RingState copy = new RingState();
        copy.restore(ring.snapshot());
        assertThat(copy.dissolved()).isTrue();
        assertThat(lab.say(RingLab.claim("lamp", "r1", 2, 3, 4, 5)).reason()).contains("dissolves");
        assertThat(ring.sold()).isFalse();

        RingLab other = RingLab.of(9);
        other.say(RingLab.claim("lamp", "r1", 2, 3, 4, 5));
        assertThat(other.say(new RingCommand.Dissolve("the other is larger")).reason()).contains("sold");
        assertThat(other.state.dissolved()).isFalse();
        assertThat(other.say(RingLab.claim("globe", "r2", 6, 7, 8, 9)).accepted()).isTrue();
    }

    @Test
    void shouldReadAViewFromAPayloadAsObjectOrAsText() {
        JsonObject body = new JsonObject();
        body.addProperty("payload", RingState.payload(RingLab.ring(3)));
        assertThat(new String(ring.apply(RingLab.entry(1, LogEntry.Kind.CONFIG, JsonFields.bytes(body))), StandardCharsets.UTF_8))
                .isEqualTo("{\"type\":\"config\"}");
        assertThat(ring.view()).isEqualTo(RingLab.ring(3));
        for (String bad : List.of("", "{}", "{\"payload\":7}", "{\"payload\":\"\"}", "{\"payload\":{\"members\":3}}", "[]")) {
            ring.apply(RingLab.entry(1, LogEntry.Kind.CONFIG, bad.getBytes(StandardCharsets.UTF_8)));
            assertThat(ring.view()).as("a payload that is no view changes nothing").isEqualTo(RingLab.ring(3));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{}", "{\"type\":\"sell\"}", "{\"type\":\"claim\"}", "{\"type\":\"claim\",\"itemId\":7}",
        "{\"type\":\"activated\",\"auctionId\":\"lamp-1\"}", "{\"type\":\"members\",\"auctionId\":\"lamp-1\",\"members\":[{}]}",
        "{\"type\":\"members\",\"auctionId\":\"lamp-1\",\"members\":[{\"uid\":\"2\",\"incarnation\":1,\"address\":\"here\"}]}",
        "{\"type\":\"freed\",\"auctionId\":\"x-9\"}", "{\"type\":\"settle\",\"auctionId\":\"x-9\",\"result\":\"{}\"}", "{\"type\":\"release\"}",
        "{\"type\":\"lapse\",\"auctionId\":\"x-9\"}", "{\"type\":\"catalogue\",\"items\":[{}]}", "{\"type\":\"activated\",\"auctionId\":\"x\",\"epoch\":1}"})
    void shouldRejectAnyOtherBodyWithASentence(String body) {
        byte[] before = ring.snapshot();
        RingOutcome outcome = lab.say(body.getBytes(StandardCharsets.UTF_8));
        assertThat(outcome.accepted()).isFalse();
        assertThat(outcome.reason()).isNotEmpty();
        assertThat(ring.snapshot()).isEqualTo(before);
    }

    @Test
    void shouldForgetTheOldestAuctionsThatAreOver() {
        int rounds = AuctionDirectory.OVER_MAX + 5;
        for (int i = 1; i <= rounds; i++) {
            assertThat(lab.say(RingLab.claim("lamp", "r" + i, 2, 3, 4, 5)).auctionId()).isEqualTo("lamp-" + i);
            lab.say(new RingCommand.Settle("lamp-" + i, RingLab.closed(false)));
            lab.say(new RingCommand.Freed("lamp-" + i));
        }
        assertThat(ring.auctions()).hasSize(AuctionDirectory.OVER_MAX);
        assertThat(ring.auction("lamp-5")).isEmpty();
        assertThat(ring.auctionOfRequest("r5")).isEmpty();
        assertThat(ring.auctionOfRequest("r6")).isPresent();
        assertThat(lab.say(RingLab.claim("lamp", "new", 2, 3, 4, 5)).auctionId()).as("numbers go on").isEqualTo("lamp-" + (rounds + 1));
    }

    /** It would hold its nodes for ever: they learn from the ring that it is settled, and that they are free. */
    @Test
    void shouldNotForgetALongAuctionWhenItEndsAfterAThousandShortOnes() {
        lab.say(RingLab.claim("lamp", "long", 2, 3, 4, 5));
        for (int i = 2; i <= AuctionDirectory.OVER_MAX + 5; i++) {
            lab.say(RingLab.claim("globe", "r" + i, 6, 7, 8, 9));
            lab.say(new RingCommand.Settle("globe-" + i, RingLab.closed(false)));
            lab.say(new RingCommand.Freed("globe-" + i));
        }
        lab.say(new RingCommand.Settle("lamp-1", RingLab.closed(true)));
        assertThat(ring.auction("lamp-1")).as("settled").isPresent();
        assertThat(lab.say(RingLab.claim("globe", "busy", 5, 6, 7, 8)).reason()).as("its nodes serve it still").contains("lamp-1");
        lab.say(new RingCommand.Freed("lamp-1"));
        assertThat(ring.auction("lamp-1")).as("freed last, forgotten last").isPresent();
        assertThat(ring.auctions()).hasSize(AuctionDirectory.OVER_MAX);
    }

    @Test
    void shouldRefuseWhatIsNoSnapshotAndStayAsItWas() {
        byte[] before = ring.snapshot();
        String[] wrong = {"{", "{}", new String(before, StandardCharsets.UTF_8).replace("\"auctionsStarted\":", "\"others\":")};
        for (String json : wrong) {
            assertThatThrownBy(() -> ring.restore(json.getBytes(StandardCharsets.UTF_8))).as(json).isInstanceOf(MalformedException.class);
            assertThat(ring.snapshot()).isEqualTo(before);
        }
    }
}
