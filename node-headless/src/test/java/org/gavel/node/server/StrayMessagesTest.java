package org.gavel.node.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.LongStream;
import org.gavel.node.directory.AuctionStage;
import org.gavel.node.directory.DirectoryEntry;
import org.gavel.node.server.SimulatedCluster.Bidder;
import org.gavel.node.server.SimulatedCluster.Running;
import org.gavel.protocol.auction.Outcome;
import org.gavel.protocol.auction.Standing;
import org.gavel.protocol.host.simulation.SimulatedHost;
import org.gavel.protocol.host.simulation.SimulatedNetwork;
import org.gavel.protocol.identity.Address;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.identity.ProcessIdentity;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.identity.ViewId;
import org.gavel.protocol.link.LinkLayer;
import org.gavel.protocol.link.LinkListener;
import org.gavel.protocol.link.Links;
import org.gavel.protocol.wire.Message;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one says who has no say in it, or not any more, is counted and changes nothing: forged messages, and late ones of former INMs and actives. */
class StrayMessagesTest {
    private static final String LAMP = "lamp-1";

    private final SimulatedCluster cluster = new SimulatedCluster(SimulatedNetwork.seedOr(1));
    private SimulatedHost forgersHost;
    private NodeRef forger;
    private LinkLayer forgersLinks;
    private DirectoryEntry before;
    private long group;

    @BeforeEach
    void startAnAuctionAndAForger() {
        cluster.start(6).settle();
        cluster.startAuction(cluster.bidder("sela"), "lamp", 600_000);
        cluster.await("three whole copies", () -> cluster.isWhole(LAMP), 10_000);
        before = entry();
        group = before.assignment().group();
        forgersHost = cluster.net.newHost("forger");
        forger = new NodeRef(new Uid(0xF000L << 48), forgersHost.wallClockMs(), forgersHost.address(), "forger", ProcessIdentity.UNKNOWN);
        forgersLinks = new LinkLayer(forgersHost, forger, SimulatedCluster.NAME, new Deaf());
        forgersHost.start(forgersLinks);
    }

    @Test
    void shouldDropWhatAStrangerSaysToTheInm() {
        Running inm = cluster.inm();
        forge(inm, new Message.Finished(LAMP, soldTo("forger"), List.of()));
        forge(inm, new Message.ActiveReport(LAMP, 99, forger, List.of(forger.uid()), 1, forger.uid(), "forger", 1, 0, "over"));
        forge(inm, new Message.NeedMember(LAMP, 99, List.of(), before.group().members().stream().map(NodeRef::uid).toList()));
        forge(inm, new Message.AssignReply(LAMP, true, "", 7));
        forge(inm, new Message.ClosedTo(LAMP, true, ""));

        assertThat(entry()).as("the ring's word on the auction").isEqualTo(before);
        assertThat(inm.node.desk().strays().count()).isEqualTo(5);
        assertThat(cluster.isWhole(LAMP)).isTrue();
    }

    @Test
    void shouldDropWhatAStrangerSaysToAnAuctionsNodes() {
        Running active = cluster.active(LAMP);
        for (Running member : cluster.alive()) {
            forge(member, new Message.CloseTo(LAMP));
            forge(member, new Message.Elect(LAMP, List.of(active.uid())));
            forge(member, new Message.Assign(new ViewId(1, 99, 99), 99, "vase-9", List.of(forger), List.of(), before.assignment().item().toJson().toString(), 60_000,
                forger.uid(), "forger"));
            forge(member, new Message.Replacement(LAMP, forger, 7));
        }

        assertThat(cluster.isWhole(LAMP)).isTrue();
        assertThat(cluster.idle()).as("nobody took the forger's assignment").hasSize(1);
        assertThat(cluster.group(active, LAMP).members()).doesNotContain(forger);
        assertThat(cluster.alive()).allMatch(n -> n.node.auctions().strays().count() >= 3);
        assertThat(active.node.auctions().strays().count()).as("the replacement, too").isEqualTo(4);
    }

    @Test
    void shouldDropWhatAFollowerSaysInItsActivesName() {
        Running inm = cluster.inm();
        NodeRef follower = cluster.followers(LAMP).get(0).node.self();
        inm.host.execute(() -> {
            inm.node.desk().onFinished(follower, new Message.Finished(LAMP, soldTo("follower"), List.of()));
            inm.node.desk().onActiveReport(follower, report(follower, before.group().epoch()));
            inm.node.desk().onNeedMember(follower, new Message.NeedMember(LAMP, before.group().epoch(), List.of(follower.uid()), List.of()));
        });
        cluster.run(1_000);

        assertThat(entry()).isEqualTo(before);
        assertThat(inm.node.desk().strays().count()).isEqualTo(3);
    }

    @Test
    void shouldDropWhatAFormerActiveStillSays() {
        Running inm = cluster.inm();
        Running old = cluster.active(LAMP);
        old.host.crash();
        cluster.await("another leads, and the ring knows", () -> cluster.active(LAMP) != null && entry().group().epoch() > before.group().epoch(), 20_000);
        cluster.run(3_000);
        DirectoryEntry now = entry();
        long strays = inm.node.desk().strays().count();
        inm.host.execute(() -> {
            inm.node.desk().onActiveReport(old.node.self(), report(old.node.self(), before.group().epoch()));
            inm.node.desk().onFinished(old.node.self(), new Message.Finished(LAMP, soldTo("old"), List.of()));
            inm.node.desk().onNeedMember(old.node.self(), new Message.NeedMember(LAMP, before.group().epoch(), List.of(old.uid()), List.of()));
        });
        cluster.run(1_000);

        assertThat(entry()).isEqualTo(now);
        assertThat(inm.node.desk().report(LAMP).active()).isEqualTo(cluster.active(LAMP).node.self());
        assertThat(inm.node.desk().strays().count() - strays).isEqualTo(3);
    }

    @Test
    void shouldDropWhatAFormerInmStillSays() {
        Running old = cluster.inm();
        Running idle = cluster.idle().get(0);
        long epoch = old.node.ring().group().epoch();
        ViewId view = old.node.ring().view().id();
        old.host.crash();
        cluster.settle();
        Running follower = cluster.followers(LAMP).get(0);
        follower.host.execute(() -> {
            follower.node.auctions().onCloseTo(old.node.self(), group, new Message.CloseTo(LAMP));
            follower.node.auctions().onElect(old.node.self(), new Message.Elect(LAMP, List.of(follower.uid())));
        });
        idle.host.execute(() -> idle.node.auctions().onAssign(old.node.self(), 77, new Message.Assign(view, epoch, "vase-9", before.group().members(), List.of(),
            before.assignment().item().toJson().toString(), 60_000, new Uid(1), "sela")));
        cluster.run(100);

        assertThat(cluster.group(follower, LAMP)).isNotNull();
        assertThat(follower.node.auctions().strays().count()).isEqualTo(2);
        assertThat(idle.node.auctions().current()).isNull();
        assertThat(idle.node.auctions().strays().count()).isEqualTo(1);
    }

    @Test
    void shouldKeepAcknowledgementsOfParticipantsOnly() {
        Bidder mika = cluster.bidder("mika");
        cluster.join(mika, LAMP);
        Running active = cluster.active(LAMP);
        LongStream.range(0, 50).forEach(i -> active.host.execute(() -> cluster.group(active, LAMP).activeRole().onMessage(
            new NodeRef(new Uid(0xE000L + i), 1, forgersHost.address(), "", ProcessIdentity.UNKNOWN), new Message.DeliveredUpTo(1_000_000))));
        cluster.run(100);

        assertThat(cluster.group(active, LAMP).activeRole().acknowledgements()).as("rows of those that are attached").isLessThanOrEqualTo(1);
    }

    /** protocol.md section 14: a kill that was lost and is sent again must not hit the process that has taken the killed one's place. */
    @Test
    void shouldNotObeyAKillThatWasMeantForTheFormerStart() {
        Running idle = cluster.idle().get(0);
        PeerId former = idle.node.self().peer();
        idle.host.crash();
        Running restarted = cluster.restart(idle);
        cluster.settle();
        forgeToTheNode(restarted, new Message.Fault(1, former, "kill", 0));
        cluster.run(5_000);

        assertThat(restarted.host.isAlive()).as("the newer start").isTrue();

        forgeToTheNode(restarted, new Message.Fault(2, restarted.node.self().peer(), "kill", 0));
        cluster.await("the very start that is named obeys", () -> !restarted.host.isAlive(), 5_000);
    }

    // ---------------------------------------------------------------- vocabulary

    private DirectoryEntry entry() {
        DirectoryEntry entry = cluster.inm().node.ring().state().auction(LAMP).orElseThrow();
        assertThat(entry.stage()).isEqualTo(AuctionStage.RUNNING);
        return entry;
    }

    private void forge(Running to, Message message) {
        forgersHost.execute(() -> forgersLinks.send(to.node.self(), group, message));
        cluster.run(100);
    }

    private void forgeToTheNode(Running to, Message message) {
        forgersHost.execute(() -> forgersLinks.send(to.node.self(), Links.NODE_GROUP, message));
        cluster.run(100);
    }

    private static String soldTo(String name) {
        return new String(new Outcome("closed", Outcome.Result.ACCEPTED, Uid.NOBODY, name, 1, Standing.NONE, true, "").toJson(), StandardCharsets.UTF_8);
    }

    private static Message.ActiveReport report(NodeRef active, long epoch) {
        return new Message.ActiveReport(LAMP, epoch, active, List.of(active.uid()), 1, active.uid(), active.name(), 1, 0, "over");
    }

    /** The forger hears nothing. */
    private static final class Deaf implements LinkListener {
        @Override
        public void onMessage(PeerId from, Address address, long group, Message message) { }

        @Override
        public void onUnacknowledged(PeerId peer) { }

        @Override
        public void onCrashHint(PeerId peer) { }

        @Override
        public void onUndelivered(NodeRef peer, long group, Message message) { }

        @Override
        public void onRoom(NodeRef peer) { }
    }
}
