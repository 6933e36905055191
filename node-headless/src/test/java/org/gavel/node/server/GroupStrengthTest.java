package org.gavel.node.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.gavel.node.directory.DirectoryEntry;
import org.gavel.node.replication.ReplicatedGroup;
import org.gavel.node.server.SimulatedCluster.Bidder;
import org.gavel.node.server.SimulatedCluster.Running;
import org.gavel.protocol.host.simulation.SimulatedNetwork;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.monitor.TraceEvent;
import org.gavel.protocol.wire.Message;
import org.junit.jupiter.api.Test;

/** An auction's group keeps its three copies whoever leaves, comes back, or cannot come (protocol.md sections 7 to 9). */
class GroupStrengthTest {
    private final SimulatedCluster cluster = new SimulatedCluster(SimulatedNetwork.seedOr(1));

    /** A later start of it was watched for a while, as by each member of a ring without an INM; then its group was the only one to miss it (seed 14538, 1 minute). */
    @Test
    void shouldMissAFollowerWhoseLaterStartWasWatchedInBetween() {
        cluster.start(6).settle();
        String lamp = cluster.startAuction(cluster.bidder("sela"), "lamp", 600_000).auctionId();
        cluster.await("three whole copies", () -> cluster.isWhole(lamp), 10_000);
        Running active = cluster.active(lamp);
        Running follower = cluster.followers(lamp).get(0);
        NodeRef older = follower.node.self();
        NodeRef later = new NodeRef(older.uid(), older.incarnation() + 1, older.address(), older.name(), older.process());
        active.host.execute(() -> active.node.context().watchlist().set(List.of(later, older)));
        cluster.run(2_500);
        follower.host.powerOff();

        cluster.await("it is replaced", () -> cluster.isWhole(lamp) && !cluster.copies(lamp).contains(follower), 20_000);
    }

    @Test
    void shouldTakeAFollowerThatReturnsInTheSameStartAsANewcomer() {
        cluster.start(5).settle();
        Bidder mika = cluster.bidder("mika");
        String lamp = cluster.startAuction(cluster.bidder("sela"), "lamp", 600_000).auctionId();
        cluster.join(mika, lamp);
        Running follower = cluster.followers(lamp).get(0);
        long oldLog = cluster.group(follower, lamp).group().logId();
        follower.host.isolate(30_000);
        follower.host.execute(() -> follower.node.auctions().closeAll("a test says so"));
        assertThat(cluster.bid(mika, lamp, cluster.minimumCents(lamp)).accepted()).isTrue();
        cluster.run(30_000);
        cluster.settle();

        cluster.await("three whole copies", () -> cluster.isWhole(lamp), 30_000);
        // Or it has become the INM meanwhile, and the INM of before has its place.
        assertThat(cluster.group(follower, lamp)).as("a log of its own, if any").matches(group -> group == null || group.group().logId() != oldLog);
        assertThat(cluster.bid(mika, lamp, cluster.minimumCents(lamp)).accepted()).isTrue();
    }

    /** A node whose assignment came late was asked before it came, and said that it has no copy; of that one who heard it must not remain convinced. */
    @Test
    void shouldCountOnACopyThatWasBegunAfterItsNodeSaidThatItHasNone() {
        cluster.start(5).settle();
        Bidder mika = cluster.bidder("mika");
        String lamp = cluster.startAuction(cluster.bidder("sela"), "lamp", 600_000).auctionId();
        cluster.join(mika, lamp);
        cluster.await("three whole copies", () -> cluster.isWhole(lamp), 10_000);
        assertThat(cluster.bid(mika, lamp, cluster.minimumCents(lamp)).accepted()).isTrue();
        Running active = cluster.active(lamp);
        List<Running> followers = cluster.followers(lamp);
        Running convinced = followers.get(0);
        Running late = followers.get(1);
        convinced.host.execute(() -> cluster.group(convinced, lamp).onNoCopy(late.node.self()));
        cluster.run(1);
        List.of(active, followers.get(2)).forEach(n -> n.host.crash());

        cluster.await("the two elect one of them", () -> cluster.active(lamp) != null, 30_000);
        assertThat(cluster.bid(mika, lamp, cluster.minimumCents(lamp)).accepted()).isTrue();
        assertThat(cluster.group(convinced, lamp).group().committedConfiguration().acceptors())
            .as("whose copies are taken for lost").noneMatch(a -> a.node().sameStart(late.node.self()) && cluster.group(convinced, lamp).roster().isLost(a));
    }

    @Test
    void shouldElectAReturnedNewcomerThatTheOthersHadBuried() {
        cluster.start(5).settle();
        String lamp = cluster.startAuction(cluster.bidder("sela"), "lamp", 600_000).auctionId();
        cluster.await("three whole copies", () -> cluster.isWhole(lamp), 10_000);
        Running returned = cluster.followers(lamp).stream().max((a, b) -> a.uid().compareTo(b.uid())).orElseThrow();
        returned.host.isolate(20_000);
        returned.host.execute(() -> returned.node.auctions().closeAll("a test says so"));
        cluster.run(20_000);
        cluster.await("it comes as a newcomer", () -> cluster.isWhole(lamp) && cluster.copies(lamp).contains(returned), 30_000);
        cluster.run(1_000); // all know that it is an acceptor, itself included
        cluster.active(lamp).host.crash();

        cluster.await("it leads", () -> cluster.active(lamp) == returned, 10_000);
    }

    @Test
    void shouldKeepTheCopyOfAFollowerThatTheRingPutsOut() {
        cluster.start(5).settle();
        Bidder mika = cluster.bidder("mika");
        String lamp = cluster.startAuction(cluster.bidder("sela"), "lamp", 600_000).auctionId();
        cluster.join(mika, lamp);
        Running follower = cluster.followers(lamp).get(0);
        long log = cluster.group(follower, lamp).group().logId();
        follower.host.isolate(30_000);
        cluster.run(30_000);
        assertThat(cluster.inm().node.ring().isMember(follower.node.self().peer())).as("still counted by the ring").isFalse();
        cluster.settle();

        cluster.await("three whole copies", () -> cluster.isWhole(lamp), 30_000);
        assertThat(cluster.group(follower, lamp).group().logId()).as("the very same log").isEqualTo(log);
        assertThat(cluster.bid(mika, lamp, cluster.minimumCents(lamp)).accepted()).isTrue();
    }

    /** One that was put out stood alone again and again, and comes back with its log: what it has promised to itself must not end every active to come. */
    @Test
    void shouldElectAboveEveryEpochThatItsMembersHavePromised() {
        cluster.start(6).settle();
        String lamp = cluster.startAuction(cluster.bidder("sela"), "lamp", 600_000).auctionId();
        Running active = cluster.active(lamp);
        NodeRef follower = cluster.followers(lamp).get(0).node.self();
        active.host.execute(() -> cluster.group(active, lamp).group().onMessage(follower.peer(), follower, new Message.Fenced(1, 50)));

        cluster.await("an active in a later epoch", () -> cluster.active(lamp) != null && cluster.group(cluster.active(lamp), lamp).group().epoch() > 1, 20_000);
        assertThat(cluster.group(cluster.active(lamp), lamp).group().epoch()).isGreaterThan(50);
    }

    /** Its followers hold the newest configuration, do not know it committed, and hear from the deposed active that it lives. */
    @Test
    void shouldElectInAConfigurationThatOnlyTheDeposedActiveKnowsCommitted() {
        cluster.start(6).settle();
        String lamp = cluster.startAuction(cluster.bidder("sela"), "lamp", 600_000).auctionId();
        cluster.await("three whole copies", () -> cluster.isWhole(lamp), 10_000);
        cluster.run(1_000);
        Running active = cluster.active(lamp);
        List<Running> followers = cluster.followers(lamp);
        ReplicatedGroup log = cluster.group(active, lamp).group();
        long before = log.latestConfiguration().index();
        active.host.execute(() -> log.reconfigure(log.committedConfiguration().acceptors(), log.committedConfiguration().payload()));
        while (followers.stream().anyMatch(f -> cluster.group(f, lamp).group().latestConfiguration().index() == before)) {
            cluster.net.step();
        }
        followers.forEach(f -> cluster.net.cut(active.host, f.host));
        cluster.await("committed at the active", () -> log.committedConfiguration().index() > before, 1_000);
        active.host.execute(() -> log.outdatedBy(50));
        cluster.await("deposed", () -> !cluster.group(active, lamp).isActive(), 1_000);
        assertThat(followers).as("do not know").allMatch(f -> cluster.group(f, lamp).group().committedConfiguration().index() == before);
        followers.forEach(f -> cluster.net.mend(active.host, f.host));
        List<TraceEvent> skipped = new ArrayList<>();
        cluster.net.traces(e -> {
            if (e.kind().equals("skipped")) {
                skipped.add(e);
            }
        });

        cluster.await("an active", () -> cluster.active(lamp) != null && cluster.group(cluster.active(lamp), lamp).isActive(), 10_000);
        assertThat(skipped).as("all take part").isEmpty();
        cluster.await("three whole copies", () -> cluster.isWhole(lamp), 10_000);
    }

    /** As by taking over a log whose newest entry names it; the ring, without an INM, watches all its members all the time (seed 64303, 1 minute). */
    @Test
    void shouldNotCountOnAMemberThatWasFoundDeadBeforeItBecameOne() {
        cluster.start(6).settle();
        String lamp = cluster.startAuction(cluster.bidder("sela"), "lamp", 600_000).auctionId();
        cluster.await("three whole copies", () -> cluster.isWhole(lamp), 10_000);
        Running active = cluster.active(lamp);
        Running follower = cluster.followers(lamp).get(0);
        List.of(cluster.inm(), cluster.idle().get(0), follower).forEach(n -> n.host.powerOff());
        cluster.await("found dead", () -> !cluster.group(active, lamp).livingMembers().contains(follower.node.self()), 20_000);
        cluster.run(5_000);
        active.host.execute(() -> cluster.group(active, lamp).roster().add(follower.node.self()));
        cluster.run(1);
        assertThat(cluster.group(active, lamp).livingMembers()).contains(follower.node.self());

        cluster.await("not counted on", () -> !cluster.group(active, lamp).livingMembers().contains(follower.node.self()), 20_000);
    }

    /** As an active finds it that inherited an entry of another's time, and is deposed before its own is committed (seed 11519, 1 minute). */
    @Test
    void shouldElectAmongFollowersWhoseNewestConfigurationLeavesTheirDeposedActiveOut() {
        cluster.start(6).settle();
        String lamp = cluster.startAuction(cluster.bidder("sela"), "lamp", 600_000).auctionId();
        cluster.await("three whole copies", () -> cluster.isWhole(lamp), 10_000);
        Running active = cluster.active(lamp);
        List<Running> followers = cluster.followers(lamp);
        ReplicatedGroup log = cluster.group(active, lamp).group();
        long before = log.latestConfiguration().index();
        String withoutIt = GroupMembers.payload(followers.stream().map(f -> f.node.self()).toList());
        active.host.execute(() -> log.reconfigure(log.committedConfiguration().acceptors(), withoutIt));
        cluster.await("committed", () -> followers.stream().allMatch(f -> cluster.group(f, lamp).group().committedConfiguration().index() > before), 1_000);
        active.host.execute(() -> log.outdatedBy(50));
        cluster.await("deposed", () -> !cluster.group(active, lamp).isActive(), 1_000);

        cluster.await("an active", () -> cluster.active(lamp) != null && cluster.group(cluster.active(lamp), lamp).isActive(), 10_000);
        cluster.await("three whole copies", () -> cluster.isWhole(lamp), 10_000);
    }

    @Test
    void shouldSendAgainAtOnceWhatAClosedLinkLost() {
        cluster.start(6).settle();
        Bidder mika = cluster.bidder("mika");
        String lamp = cluster.startAuction(cluster.bidder("sela"), "lamp", 600_000).auctionId();
        cluster.join(mika, lamp);
        cluster.await("three whole copies", () -> cluster.isWhole(lamp), 10_000);
        Running active = cluster.active(lamp);
        Running follower = cluster.followers(lamp).get(0);
        cluster.net.cut(active.host, follower.host);
        assertThat(cluster.bid(mika, lamp, cluster.minimumCents(lamp)).accepted()).isTrue();
        cluster.run(200); // the word of its commit is lost as well
        cluster.net.mend(active.host, follower.host);
        assertThat(cluster.copies(lamp)).as("one has not got the bid").doesNotContain(follower);
        active.host.execute(() -> active.node.linkLayer().close(follower.node.self()));

        cluster.await("the bid at the third copy, before any stall timer", () -> cluster.copies(lamp).contains(follower), 300);
    }

    @Test
    void shouldTakeInANewcomerAfterAllThatHeardNoActiveForTenSeconds() {
        cluster.onOneMachine().start(6).settle();
        String lamp = cluster.startAuction(cluster.bidder("sela"), "lamp", 600_000).auctionId();
        cluster.await("three whole copies", () -> cluster.isWhole(lamp), 10_000);
        Running active = cluster.active(lamp);
        Running newcomer = cluster.idle().get(0);
        cluster.net.cut(active.host, newcomer.host);
        cluster.net.cut(newcomer.host, active.host);
        cluster.followers(lamp).get(0).host.crash();
        cluster.await("it is assigned", () -> cluster.group(newcomer, lamp) != null, 10_000);
        cluster.await("it gives up", () -> cluster.group(newcomer, lamp) == null, 11_000);
        cluster.net.heal();

        cluster.await("a copy at the newcomer", () -> cluster.isWhole(lamp) && cluster.copies(lamp).contains(newcomer), 20_000);
    }

    @Test
    void shouldAskAnotherNodeWhenOneRefusesToJoin() {
        cluster.onOneMachine().start(7).settle();
        String lamp = cluster.startAuction(cluster.bidder("sela"), "lamp", 600_000).auctionId();
        cluster.await("three whole copies", () -> cluster.isWhole(lamp), 10_000);
        Running inm = cluster.inm();
        NodeRef next = inm.node.ring().state().idleNodes().get(0);
        Running busy = cluster.idle().stream().filter(n -> n.uid().equals(next.uid())).findFirst().orElseThrow();
        DirectoryEntry auction = inm.node.ring().state().auction(lamp).orElseThrow();
        busy.host.execute(() -> busy.node.auctions().onAssign(inm.node.self(), 99, new Message.Assign(inm.node.ring().view().id(), inm.node.ring().group().epoch(),
            "vase-98", auction.group().members(), List.of(), auction.assignment().item().toJson().toString(), 60_000, new Uid(1), "sela")));
        cluster.followers(lamp).get(0).host.crash();

        cluster.await("three whole copies, by the node that does come", () -> cluster.isWhole(lamp), 6_000);
        assertThat(cluster.copies(lamp)).doesNotContain(busy);
        assertThat(inm.node.ring().state().auctionOf(busy.uid())).as("and the ring counts it idle").isEmpty();
    }

    @Test
    void shouldReserveANodeForEachOfTwoFollowersLostInOneMoment() {
        cluster.start(9).settle();
        String lamp = cluster.startAuction(cluster.bidder("sela"), "lamp", 600_000).auctionId();
        cluster.await("three whole copies", () -> cluster.isWhole(lamp), 10_000);
        Running active = cluster.active(lamp);
        List<Running> lost = cluster.followers(lamp).subList(0, 2);
        lost.forEach(f -> active.host.execute(() -> active.node.auctions().onDead(f.node.self(), false, "a test says so")));

        cluster.await("two others, before any heartbeat", () -> named(lamp).size() == 4 && lost.stream().noneMatch(f -> named(lamp).contains(f.uid())), 500);
    }

    @Test
    void shouldNameANodeThoughTheRingForgotThatItWasAskedBefore() {
        cluster.start(7).settle();
        String lamp = cluster.startAuction(cluster.bidder("sela"), "lamp", 600_000).auctionId();
        cluster.await("three whole copies", () -> cluster.isWhole(lamp), 10_000);
        Running inm = cluster.inm();
        NodeRef active = cluster.active(lamp).node.self();
        Running lost = cluster.followers(lamp).get(0);
        List<Uid> counted = named(lamp).stream().filter(uid -> !uid.equals(lost.uid())).toList();
        lost.host.crash();
        inm.host.execute(() -> {
            ReplicatedGroup log = inm.node.ring().group();
            // While a view is on its way commands wait behind it; they go with the epoch.
            log.reconfigure(log.committedConfiguration().acceptors(), log.committedConfiguration().payload());
            inm.node.desk().onNeedMember(active, new Message.NeedMember(lamp, 1, counted, List.of(lost.uid())));
            log.takeOver(log.highestEpoch() + 1);
        });

        cluster.await("another copy", () -> cluster.isWhole(lamp), 20_000);
    }

    private List<Uid> named(String auctionId) {
        return cluster.inm().node.ring().state().auction(auctionId).orElseThrow().group().members().stream().map(NodeRef::uid).toList();
    }
}
