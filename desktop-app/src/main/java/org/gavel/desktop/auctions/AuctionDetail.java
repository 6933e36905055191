package org.gavel.desktop.auctions;

import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.gavel.desktop.screen.Ids;
import org.gavel.node.client.Durations;
import org.gavel.protocol.auction.Money;

/** One auction: how it stands, its price over time, its bids, who takes part. */
final class AuctionDetail extends VBox {
    private static final double NAME_WIDTH = 56;
    private static final int NAMES_SHOWN = 12;
    private static final double LADDER_HEIGHT_MIN = 72;

    private final Label title = new Label();
    private final Label state = new Label();
    private final Label countdown = new Label();
    private final Label standing = new Label();
    private final Label notice = new Label();
    private final PriceChart chart = new PriceChart();
    private final ListView<BidLine> ladder = new ListView<>();
    private final Label noBids = new Label();
    private final Label participants = new Label();
    private final Label id = new Label();
    private final Button export = new Button("Export bids…");
    private String shownId = "";

    AuctionDetail(Runnable onExport) {
        super();
        setId(Ids.Auctions.DETAIL);
        getStyleClass().add("auction-detail");
        title.setId(Ids.Auctions.DETAIL_TITLE);
        title.getStyleClass().add("title");
        title.setMaxWidth(Double.MAX_VALUE);
        title.setMinWidth(40);
        state.setId(Ids.Auctions.DETAIL_STATE);
        state.setMinWidth(Region.USE_PREF_SIZE);
        countdown.setId(Ids.Auctions.COUNTDOWN);
        countdown.getStyleClass().addAll("mono", "countdown");
        countdown.setMinWidth(Region.USE_PREF_SIZE);
        standing.getStyleClass().add("standing");
        standing.setWrapText(true);
        standing.setMinHeight(USE_PREF_SIZE);
        notice.getStyleClass().add("warning-text");
        notice.setWrapText(true);
        notice.setMinHeight(USE_PREF_SIZE);
        ladder.setId(Ids.Auctions.LADDER);
        ladder.setCellFactory(list -> new BidCell());
        ladder.setPlaceholder(noBids);
        ladder.setAccessibleText("Bids, the newest first");
        VBox.setVgrow(ladder, Priority.ALWAYS);
        ladder.setMinHeight(LADDER_HEIGHT_MIN);
        participants.setId(Ids.Auctions.PARTICIPANTS);
        participants.getStyleClass().add("subtle");
        participants.setMaxWidth(Double.MAX_VALUE);
        participants.setTooltip(new Tooltip());
        participants.getTooltip().textProperty().bind(participants.textProperty());
        HBox.setHgrow(participants, Priority.ALWAYS);
        export.setId(Ids.Auctions.EXPORT_BIDS);
        export.setMinWidth(Region.USE_PREF_SIZE);
        export.setAccessibleText("Export this auction's bids as CSV");
        export.setOnAction(event -> onExport.run());
        HBox head = new HBox(title, countdown);
        HBox.setHgrow(title, Priority.ALWAYS);
        head.setAlignment(Pos.BASELINE_LEFT);
        head.getStyleClass().add("row");
        id.setId(Ids.Auctions.DETAIL_ID);
        id.getStyleClass().addAll("mono", "subtle");
        HBox which = new HBox(id, state);
        which.setAlignment(Pos.CENTER_LEFT);
        which.getStyleClass().add("row");
        HBox foot = new HBox(participants, export);
        foot.setAlignment(Pos.CENTER_LEFT);
        foot.getStyleClass().add("row");
        getChildren().addAll(head, which, standing, notice, chart, ladder, foot);
    }

    /** Where there is little room, it is the bids' and not the chart's. */
    void chart(boolean wanted) {
        chart.setVisible(wanted);
        chart.setManaged(wanted);
    }

    void show(AuctionRow row, AuctionBook book, String saying, long nowMs) {
        title.setText(row.title());
        id.setText(row.auctionId());
        state.setText(row.isOver() ? "over" : row.state());
        state.getStyleClass().setAll("label", "chip", row.isOver() ? "stale" : row.state().equals("running") ? "follow" : "elect");
        countdown.setText(row.isOver() || row.leftMs() < 0 ? "" : (row.estimated() ? "estimated " : "") + Durations.clock(row.leftMs()));
        standing.setText(standing(row, book));
        boolean any = !row.isOver() && !saying.isEmpty();
        notice.setText(any ? saying : "");
        notice.setVisible(any);
        notice.setManaged(any);
        boolean runs = row.state().equals("running");
        String none = noBids(row, book);
        noBids.setText(none);
        chart.none(none);
        chart.show(book.steps(), runs ? book.timeMs() + Math.max(0, nowMs - book.heardMs()) : book.timeMs());
        List<BidLine> lines = book.ladder();
        if (!row.auctionId().equals(shownId) || !ladder.getItems().equals(lines)) {
            shownId = row.auctionId();
            ladder.getItems().setAll(lines);
        }
        participants.setText(book.isEmpty() && row.bids() > 0 ? "who takes part is not heard yet" : names(book));
        export.setDisable(lines.isEmpty());
    }

    private static String standing(AuctionRow row, AuctionBook book) {
        if (row.isOver()) {
            return row.result();
        }
        String bids = row.bids() == 1 ? "1 bid" : row.bids() + " bids";
        if (row.leader().isEmpty()) {
            return "no bid yet; starts at " + BoardTable.money(row.minimumCents() >= 0 ? row.minimumCents() : row.priceCents());
        }
        String who = row.leader().equals("you") ? "you lead" : row.leader() + " leads";
        return who + " at " + Money.format(row.priceCents()) + " · " + bids + (row.minimumCents() >= 0 ? " · next at least " + Money.format(row.minimumCents()) : "")
            + (book.iSell() ? " · you sell this" : "");
    }

    /** Why the ladder is empty: that none is known does not mean that there is none. */
    private static String noBids(AuctionRow row, AuctionBook book) {
        if (row.bids() == 0) {
            return "no bids yet";
        }
        return row.isOver() ? "its bids were not followed from here" : book.isEmpty() ? "its bids are not heard yet" : "none since this window looks on; " + row.bids() + " before";
    }

    private static String names(AuctionBook book) {
        List<String> names = book.participants().values().stream().sorted().toList();
        if (names.isEmpty()) {
            return "nobody takes part yet";
        }
        String shown = String.join(", ", names.subList(0, Math.min(NAMES_SHOWN, names.size())));
        return names.size() + (names.size() == 1 ? " takes part: " : " take part: ") + shown + (names.size() > NAMES_SHOWN ? ", …" : "");
    }

    private static final class BidCell extends ListCell<BidLine> {
        private final Label seq = new Label();
        private final Label amount = new Label();
        private final Label bidder = new Label();
        private final Label verdict = new Label();
        private final Tooltip whole = new Tooltip();
        private final HBox line = new HBox(seq, amount, bidder, verdict);

        BidCell() {
            super();
            seq.getStyleClass().addAll("mono", "subtle", "seq");
            amount.getStyleClass().addAll("mono", "amount");
            bidder.setMaxWidth(Double.MAX_VALUE);
            HBox.setHgrow(bidder, Priority.ALWAYS);
            bidder.setMinWidth(NAME_WIDTH);
            seq.setMinWidth(Region.USE_PREF_SIZE);
            amount.setMinWidth(Region.USE_PREF_SIZE);
            verdict.getStyleClass().add("verdict");
            verdict.setTooltip(whole);
            // As wide as the list: a long reason ends in dots, and stands whole in the tooltip.
            setPrefWidth(0);
            line.setAlignment(Pos.CENTER_LEFT);
            line.getStyleClass().add("row");
        }

        @Override
        protected void updateItem(BidLine bid, boolean empty) {
            super.updateItem(bid, empty);
            setText(null);
            setGraphic(empty || bid == null ? null : line);
            if (empty || bid == null) {
                setAccessibleText(null);
                return;
            }
            seq.setText("#" + bid.seq());
            amount.setText(Money.format(bid.amountCents()));
            bidder.setText(bid.own() ? "you" : bid.bidder());
            whole.setText(bid.accepted() ? "accepted" : bid.reason());
            verdict.setText(bid.accepted() ? "✓" : "✗ " + bid.reason());
            verdict.getStyleClass().setAll("label", "verdict", bid.accepted() ? "accepted" : "rejected");
            setAccessibleText("number " + bid.seq() + ", " + bidder.getText() + ", " + amount.getText() + (bid.accepted() ? ", accepted" : ", rejected: " + bid.reason()));
        }
    }
}
