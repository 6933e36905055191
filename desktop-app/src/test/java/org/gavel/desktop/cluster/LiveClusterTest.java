package org.gavel.desktop.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gavel.desktop.testing.LiveWindow.health;
import static org.gavel.desktop.testing.LiveWindow.leading;

import java.io.IOException;
import java.util.List;
import javafx.scene.control.Label;
import org.gavel.desktop.model.ClusterView;
import org.gavel.desktop.model.Health;
import org.gavel.desktop.model.NodeView;
import org.gavel.desktop.model.Role;
import org.gavel.desktop.screen.Ids;
import org.gavel.desktop.testing.LiveWindow;
import org.gavel.desktop.testing.TestWindow;
import org.gavel.protocol.client.StartRequest;
import org.gavel.protocol.client.StartResult;
import org.gavel.protocol.identity.Uid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real node processes behind the window: what is done to them is seen on the ring. One story, since starting processes is what takes time. */
class LiveClusterTest {
    private static final int NODES = 6;
    private static final long FAULT_MS = 6_500;

    @Test
    @Timeout(240)
    void shouldShowWhatHappensToRealNodes() throws IOException {
        try (LiveWindow live = LiveWindow.open(NODES)) {
            live.see("one ring of all", live::isOneRing);

            StartResult auction = live.feed().house().start(StartRequest.of("lamp", 120_000)).join();
            ClusterView view = live.see("a gavel", v -> leading(v, Role.ACTIVE) != null && v.group(auction.auctionId()).isPresent());
            NodeView active = leading(view, Role.ACTIVE);
            live.kill(active);
            view = live.see("the killed active hatched, another gavel", v -> health(v, active) == Health.DEAD && leading(v, Role.ACTIVE) != null
                && !leading(v, Role.ACTIVE).uid().equals(active.uid()));

            NodeView manager = leading(view, Role.INM);
            live.kill(manager);
            live.see("another crown that all name", v -> leading(v, Role.INM) != null && !leading(v, Role.INM).uid().equals(manager.uid()) && v.leaders().agreed());

            live.restart(active);
            live.restart(manager);
            view = live.see("all alive again", live::isOneRing);

            pauseOneAndIsolateAnother(live, view);
            loseEverybody(live);
        }
    }

    private static void pauseOneAndIsolateAnother(LiveWindow live, ClusterView view) {
        List<NodeView> idle = view.nodes().stream().filter(node -> node.role() == Role.IDLE && node.auctionId().isEmpty()).toList();
        NodeView paused = idle.get(0);
        live.feed().nodes().pause(paused.uid(), FAULT_MS).join();
        live.see("the paused one drawn as suspected", v -> v.node(paused.uid()).map(node -> NodeLook.of(node, v.isStale())).orElse(NodeLook.DEAD) == NodeLook.SUSPECTED);
        live.see("and cleared", v -> health(v, paused) == Health.ALIVE);
        NodeView isolated = idle.get(1);
        live.feed().nodes().isolate(isolated.uid(), FAULT_MS).join();
        live.see("the isolated one suspected or late", v -> health(v, isolated) != Health.ALIVE);
        live.see("and cleared", v -> health(v, isolated) == Health.ALIVE);
    }

    /** The ring goes grey, and comes back. */
    private static void loseEverybody(LiveWindow live) {
        for (Uid uid : live.uids()) {
            live.nodes().signal(uid);
        }
        live.see("everything grey", ClusterView::isStale);
        Label badge = live.window().find(Ids.LEADER_BADGE, Label.class);
        assertThat(TestWindow.call(() -> badge.getStyleClass())).contains("stale");
        for (Uid uid : live.uids()) {
            live.nodes().restart(uid);
        }
        live.see("the ring is back", live::isOneRing);
    }
}
