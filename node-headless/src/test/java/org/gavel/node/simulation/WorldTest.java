package org.gavel.node.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.gavel.protocol.client.BidResult;
import org.gavel.protocol.client.StartResult;
import org.gavel.protocol.host.simulation.Faults;
import org.junit.jupiter.api.Test;

class WorldTest {
    private final World world = new World(7).startNodes(7);
    private final List<String> heard = new ArrayList<>();

    private <T> T answer(CompletableFuture<T> future) {
        assertThat(world.runUntil(future::isDone, 30_000)).as("answered").isTrue();
        return future.join();
    }

    @Test
    void shouldRunAnAuctionThroughTheKillOfItsActive() {
        assertThat(world.runUntil(world::isSettled, 30_000)).isTrue();
        world.observe(new OperationObserver() {
            @Override
            public void onInvoke(Operation operation) {
                heard.add("invoke " + operation.kind());
            }

            @Override
            public void onOk(Operation operation, Object result) {
                heard.add("ok " + operation.kind());
            }
        });
        SimulatedClient mika = world.newClient("mika");
        StartResult auction = answer(world.newClient("sela").start("lamp", 60_000));
        answer(mika.join(auction.auctionId()));
        SimulatedNode active = world.active(auction.auctionId());
        active.kill();
        BidResult bid = answer(mika.bid(auction.auctionId(), 10_000));

        assertThat(bid.accepted()).isTrue();
        assertThat(active.isAlive()).isFalse();
        assertThat(world.active(auction.auctionId())).isNotNull().isNotSameAs(active);
        assertThat(heard).containsExactly("invoke START", "ok START", "invoke JOIN", "ok JOIN", "invoke BID", "ok BID");
        SimulatedNode again = world.restart(active, false, false);
        assertThat(world.runUntil(world::isSettled, 30_000)).isTrue();
        assertThat(world.node(active.name())).isSameAs(again);
    }

    @Test
    void shouldHealAfterAPartition() {
        world.faults(Faults.NONE.withLoss(5));
        assertThat(world.runUntil(world::isSettled, 30_000)).isTrue();
        List<SimulatedNode> nodes = world.nodes();
        world.partition(nodes.subList(0, 2).stream().map(SimulatedNode::host).toList(), nodes.subList(2, 7).stream().map(SimulatedNode::host).toList());
        world.run(20_000);
        assertThat(world.isSettled()).isFalse();
        world.heal();
        assertThat(world.runUntil(world::isSettled, 30_000)).isTrue();
    }
}
