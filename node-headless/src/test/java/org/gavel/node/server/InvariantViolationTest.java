package org.gavel.node.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.gavel.node.replication.InvariantViolation;
import org.gavel.node.replication.ReplicatedGroup;
import org.gavel.node.server.SimulatedCluster.Bidder;
import org.gavel.node.server.SimulatedCluster.Running;
import org.gavel.protocol.client.AuctionEvent;
import org.gavel.protocol.client.BidResult;
import org.gavel.protocol.client.StartResult;
import org.gavel.protocol.host.DatagramReceiver;
import org.gavel.protocol.host.simulation.SimulatedNetwork;
import org.gavel.protocol.identity.Address;
import org.gavel.protocol.wire.Message;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A node that meets a broken invariant ends rather than go on with what cannot be (exit code 1). For the others that is a crash like any other. Here a fellow
 * member claims, by a forged append, to lead in the present leader's epoch.
 */
class InvariantViolationTest {
    private enum Role { INM, IDLE, ACTIVE, FOLLOWER }

    private final SimulatedCluster cluster = new SimulatedCluster(SimulatedNetwork.seedOr(1)).onOneMachine();
    private final List<InvariantViolation> met = new ArrayList<>();
    private final List<CompletableFuture<BidResult>> bids = new ArrayList<>();
    private Bidder mika;
    private StartResult auction;

    @ParameterizedTest
    @EnumSource(Role.class)
    void shouldGoOnWithoutANodeThatMeetsABrokenInvariant(Role role) {
        cluster.start(9).settle();
        mika = cluster.bidder("mika");
        auction = cluster.startAuction(cluster.bidder("sela"), "lamp", 600_000);
        cluster.join(mika, auction.auctionId());
        bidFor(20);
        Running victim = victim(role);
        endAsTheProgramDoes(victim);
        forgeAppend(victim, role);
        bidFor(20);

        cluster.await("every bid is answered", () -> bids.stream().allMatch(CompletableFuture::isDone), 60_000);
        assertThat(met).hasSize(1);
        assertThat(met.get(0)).hasMessageContaining("one-leader-per-epoch");
        assertThat(victim.host.isAlive()).isFalse();
        assertThat(cluster.alive()).hasSize(8);
        cluster.settle();
        cluster.await("the auction is whole again", () -> cluster.isWhole(auction.auctionId()), 30_000);
        List<Long> seen = mika.events.get(auction.auctionId()).stream().filter(e -> e.type().equals("bid")).map(AuctionEvent::seq).toList();
        assertThat(seen).isSorted().doesNotHaveDuplicates().containsExactlyElementsOf(bids.stream().map(b -> b.join().seq()).toList());
        assertThat(bids).allMatch(b -> b.join().accepted());
    }

    private Running victim(Role role) {
        return switch (role) {
            case INM -> cluster.inm();
            case IDLE -> cluster.idle().get(0);
            case ACTIVE -> cluster.active(auction.auctionId());
            case FOLLOWER -> cluster.followers(auction.auctionId()).get(0);
        };
    }

    private void endAsTheProgramDoes(Running node) {
        DatagramReceiver inner = node.node.receiver();
        node.host.start(new DatagramReceiver() {
            @Override
            public void onDatagram(Address from, byte[] bytes, int length) {
                try {
                    inner.onDatagram(from, bytes, length);
                } catch (InvariantViolation e) {
                    met.add(e);
                    node.host.crash();
                }
            }

            @Override
            public void onCrashHint(Address address) {
                inner.onCrashHint(address);
            }
        });
    }

    private void forgeAppend(Running victim, Role role) {
        boolean ofRing = role == Role.INM || role == Role.IDLE;
        AuctionGroup group = victim.node.auctions().current();
        Running liar = ofRing ? cluster.idle().get(1) : cluster.followers(auction.auctionId()).get(2);
        ReplicatedGroup log = ofRing ? liar.node.ring().group() : liar.node.auctions().current().group();
        long number = ofRing ? liar.node.ring().foundation() : group.number();
        Message forged = new Message.Append(log.epoch(), log.lastIndex() + 1_000, 0, log.committedIndex(), 0, new byte[0]);
        liar.host.execute(() -> liar.node.linkLayer().send(victim.node.self(), number, forged));
    }

    private void bidFor(int count) {
        for (int i = 0; i < count; i++) {
            bids.add(mika.client.bid(auction.auctionId(), 10_000 + 1_000L * bids.size(), ""));
            cluster.run(50);
        }
    }
}
