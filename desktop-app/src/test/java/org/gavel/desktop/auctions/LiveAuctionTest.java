package org.gavel.desktop.auctions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gavel.desktop.testing.LiveWindow.health;
import static org.gavel.desktop.testing.LiveWindow.leading;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.gavel.desktop.model.ClusterView;
import org.gavel.desktop.model.GroupView;
import org.gavel.desktop.model.Health;
import org.gavel.desktop.model.NodeView;
import org.gavel.desktop.model.Role;
import org.gavel.desktop.screen.Ids;
import org.gavel.desktop.screen.ScreenId;
import org.gavel.desktop.testing.LiveWindow;
import org.gavel.desktop.testing.TestWindow;
import org.gavel.node.client.GavelClient;
import org.gavel.protocol.auction.Money;
import org.gavel.protocol.client.AuctionEvent;
import org.gavel.protocol.client.AuctionListener;
import org.gavel.protocol.client.BidResult;
import org.gavel.protocol.client.ClientException;
import org.gavel.protocol.client.ClientSettings;
import org.gavel.protocol.host.udp.BindAddress;
import org.gavel.protocol.identity.Uid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testfx.api.FxRobot;

/** A bidder at the window, a rival elsewhere, real nodes between them, and the crash of the one that leads. */
class LiveAuctionTest {
    private static final int NODES = 6;
    private static final String RIVAL = "00000000000000aa";

    /** Far above the goods' start prices. */
    private static final long LAST_CENTS = 200_000;

    private final FxRobot robot = new FxRobot();
    private LiveWindow live;
    private Label message;

    /** A bid as all who listen are told of it. */
    private record Told(long seq, long amountCents, boolean accepted) { }

    private static final class Ear implements AuctionListener {
        private final List<Told> bids = new CopyOnWriteArrayList<>();

        @Override
        public void onEvent(AuctionEvent event) {
            if (event.type().equals("bid")) {
                bids.add(new Told(event.seq(), event.outcome().amountCents(), event.outcome().result().equals("accepted")));
            }
        }

        @Override
        public void onNotice(String code, String sentence) {
            // The window shows it; this ear only counts bids.
        }

        @Override
        public void onEnd(ClientException why) {
            // The rival leaves when the test is over; till then its ear must have heard all.
        }
    }

    @Test
    @Timeout(240)
    void shouldBidBeOutbidBidAgainAndOutliveTheActive() throws IOException {
        try (LiveWindow opened = LiveWindow.open(NODES); GavelClient rival = rival(opened)) {
            live = opened;
            live.see("one ring of all", live::isOneRing);
            String auctionId = startByKeyboard();
            Ear ear = new Ear();
            rival.watch(auctionId, ear);

            long first = bidByKeyboard();
            await("the first bid leads", () -> message().endsWith("accepted: you lead at " + Money.format(first)));
            BidResult higher = rival.bid(auctionId, 2 * first, null).join();
            assertThat(higher.accepted()).isTrue();
            bidAgainFromTheNotice(higher.minimumCents());

            List<BidLine> before = ladder();
            assertThat(before).extracting(BidLine::amountCents).containsExactly(higher.minimumCents(), 2 * first, first);
            assertThat(before).allMatch(BidLine::accepted);
            killTheActiveUnderABid(auctionId);

            assertThat(ladder()).as("what was accepted before is there, at its place").endsWith(before.toArray(BidLine[]::new)).hasSize(4);
            await("the rival is told the same, once each", () -> ear.bids.size() == 4);
            assertThat(ear.bids).extracting(Told::seq).containsExactlyElementsOf(ladder().stream().map(BidLine::seq).sorted().toList());
            assertThat(rival.bid(auctionId, 2 * LAST_CENTS, null).join().accepted()).as("the auction goes on").isTrue();
        }
    }

    private void await(String what, Callable<Boolean> condition) {
        try {
            TestWindow.await(what, condition);
        } catch (AssertionError e) {
            throw new AssertionError("not seen: " + what + "; the ticket says '" + (message == null ? "" : message.getText()) + "', the focus is at '" + focused() + "'", e);
        }
    }

    private static GavelClient rival(LiveWindow live) throws IOException {
        return GavelClient.open(BindAddress.resolve("loopback"), live.settings().port(), List.of(),
            ClientSettings.defaults(live.settings().cluster(), Uid.parseHex(RIVAL), "noa"));
    }

    /** No click, no focus set from outside: what somebody without a mouse does. */
    private String startByKeyboard() {
        robot.push(KeyCode.N);
        await("the form, with goods to sell", () -> focused().equals(Ids.Auctions.START_ITEM)
            && live.window().window().view().get().market().list() != null);
        robot.push(KeyCode.DOWN);
        for (int tabs = 0; tabs < 12 && !focused().equals(Ids.Auctions.START_BUTTON); tabs++) {
            robot.push(KeyCode.TAB);
            if (focused().equals(Ids.Auctions.START_DURATION)) {
                robot.push(KeyCode.CONTROL, KeyCode.A);
                type("10m");
            }
        }
        assertThat(focused()).as("Tab reaches the button").isEqualTo(Ids.Auctions.START_BUTTON);
        robot.push(KeyCode.SPACE);
        ClusterView view = live.see("an auction with an active", v -> v.groups().stream().anyMatch(group -> !group.electing()) && leading(v, Role.ACTIVE) != null);
        return view.groups().get(0).auctionId();
    }

    /** The least that will do. */
    private long bidByKeyboard() {
        await("the ticket is open", () -> message().startsWith("minimum is"));
        robot.push(KeyCode.B);
        await("the ticket takes a bid", () -> focused().equals(Ids.Auctions.AMOUNT));
        long minimumCents = Money.parse(message().substring("minimum is ".length()));
        type(Money.format(minimumCents));
        robot.push(KeyCode.CONTROL, KeyCode.ENTER);
        return minimumCents;
    }

    private void bidAgainFromTheNotice(long minimumCents) {
        await("the notice", () -> robot.lookup("Bid again").tryQuery().isPresent());
        robot.clickOn("Bid again");
        String words = "Bid " + Money.format(minimumCents) + " on ";
        await("the ticket holds what would do", () -> live.window().find(Ids.Auctions.BID, Button.class).getText().startsWith(words));
        assertThat(focused()).isEqualTo(Ids.Auctions.AMOUNT);
        robot.push(KeyCode.CONTROL, KeyCode.ENTER);
        await("it leads again", () -> message().contains("accepted: you lead at"));
    }

    /**
     * Two of three followers stand still, so that the active can commit nothing: the bid is under way for certain when its process ends. Then
     * they go on.
     */
    private void killTheActiveUnderABid(String auctionId) throws IOException {
        ClusterView view = live.see("a whole group", v -> v.group(auctionId).filter(group -> group.members().size() == 4).isPresent() && leading(v, Role.ACTIVE) != null);
        NodeView active = leading(view, Role.ACTIVE);
        GroupView group = view.group(auctionId).orElseThrow();
        List<Uid> still = new ArrayList<>(group.members());
        still.remove(active.uid());
        still.remove(0);
        for (Uid uid : still) {
            signal("-STOP", uid);
        }
        robot.push(KeyCode.CONTROL, KeyCode.A);
        type("2000");
        robot.push(KeyCode.CONTROL, KeyCode.ENTER);
        await("the bid is on its way", () -> message().startsWith("Sending"));
        TestWindow.run(() -> live.window().window().open(ScreenId.CLUSTER));
        live.kill(active);
        live.see("the active is dead", v -> health(v, active) == Health.DEAD);
        assertThat(TestWindow.call(this::message)).startsWith("Sending");
        for (Uid uid : still) {
            signal("-CONT", uid);
        }
        live.see("a successor", v -> leading(v, Role.ACTIVE) != null && !leading(v, Role.ACTIVE).uid().equals(active.uid()));
        await("the successor accepts the same bid", () -> message().endsWith("accepted: you lead at 2000.00"));
        TestWindow.run(() -> live.window().window().open(ScreenId.AUCTIONS));
        await("it stands on the ladder", () -> ladder().get(0).amountCents() == LAST_CENTS);
    }

    private void signal(String which, Uid node) throws IOException {
        new ProcessBuilder("kill", which, Long.toString(live.nodes().pid(node).orElseThrow())).inheritIO().start().onExit().join();
    }

    /** By the keys of a keyboard: the robot's own way to write looks for a window with the focus, and may find a notice. */
    private void type(String text) {
        for (char one : text.toUpperCase(Locale.ROOT).toCharArray()) {
            robot.push(one == '.' ? KeyCode.PERIOD : KeyCode.getKeyCode(String.valueOf(one)));
        }
    }

    private String focused() {
        return TestWindow.call(() -> {
            javafx.scene.Node owner = live.window().window().scene().getFocusOwner();
            for (javafx.scene.Node node = owner; node != null; node = node.getParent()) {
                if (node.getId() != null) {
                    return node.getId();
                }
            }
            return "";
        });
    }

    /** Of the ticket, also while another screen is in front of it. */
    private String message() {
        if (message == null) {
            message = live.window().find(Ids.Auctions.TICKET_MESSAGE, Label.class);
        }
        return message.getText();
    }

    private List<BidLine> ladder() {
        ListView<?> ladder = live.window().find(Ids.Auctions.LADDER, ListView.class);
        return TestWindow.call(() -> ladder.getItems().stream().map(BidLine.class::cast).toList());
    }
}
