package org.gavel.desktop.cluster;

import java.util.List;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.gavel.desktop.feed.FeedMode;
import org.gavel.desktop.screen.BoardLine;
import org.gavel.desktop.screen.Desk;
import org.gavel.desktop.screen.FittingColumns;
import org.gavel.desktop.screen.Ids;
import org.gavel.desktop.screen.ScreenId;

/** What is sold, beside the ring that serves it. Choosing one lights up its group; Enter or a second click goes on to it. */
final class AuctionsCard extends VBox {
    private static final String NUMBER = "number";

    private final Desk desk;
    private final ObservableList<BoardLine> shown = FXCollections.observableArrayList();
    private final TableView<BoardLine> table = new TableView<>(shown);
    /** What the next bid must be, and who leads, the Auctions screen tells, too. */
    private final FittingColumns<BoardLine> columns = new FittingColumns<>(table, 3, 2);
    private final Label notice = new Label();
    private final Label none = new Label();
    private final Button start = new Button("+ Auction");
    private boolean refreshing;

    AuctionsCard(Desk desk) {
        this.desk = desk;
        getStyleClass().addAll("card", "auctions-card");
        setMinSize(0, 0);
        none.setId(Ids.Cluster.NO_AUCTIONS);
        none.getStyleClass().add("subtle");
        none.setWrapText(true);
        notice.setId(Ids.Cluster.AUCTION_NOTICE);
        notice.getStyleClass().addAll("subtle", "auction-notice");
        build();
        StackPane middle = new StackPane(table, none);
        StackPane.setAlignment(none, Pos.TOP_LEFT);
        VBox.setVgrow(middle, Priority.ALWAYS);
        getChildren().setAll(head(), middle, notice);
        desk.board().addListener((property, before, now) -> show(now));
        desk.selectedAuction().addListener((property, before, now) -> show(desk.board().get()));
        mode(desk.feed().mode());
        show(desk.board().get());
    }

    private HBox head() {
        Label title = new Label("Auctions");
        title.getStyleClass().add("title");
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        HBox head = new HBox(title, gap);
        head.setAlignment(Pos.CENTER_LEFT);
        head.getStyleClass().add("card-head");
        if (!desk.readOnly()) {
            start.setId(Ids.Cluster.NEW_AUCTION);
            start.getStyleClass().add("small");
            start.setAccessibleText("Start an auction");
            start.setTooltip(new Tooltip("Start an auction (N)"));
            start.setMinWidth(USE_PREF_SIZE);
            start.setOnAction(event -> desk.newAuction());
            head.getChildren().add(start);
        }
        return head;
    }

    /** A recording holds nodes and events, and nothing can be started in it. */
    void mode(FeedMode mode) {
        boolean recorded = mode == FeedMode.REPLAY;
        none.setText(recorded ? "A recording holds no board: it shows nodes and events." : "No auction runs yet.");
        start.setVisible(!recorded);
    }

    private void build() {
        table.setId(Ids.Cluster.AUCTIONS);
        table.setAccessibleText("Auctions; Enter opens the chosen one");
        add("item", 7.2, "", BoardLine::title);
        add("high bid", 5.2, NUMBER, BoardLine::highBid);
        add("leader", 4.5, "", BoardLine::leader);
        add("next", 4.9, NUMBER, BoardLine::next);
        add("ends", 4.6, NUMBER, BoardLine::ends);
        add("you", 5.7, "mine", BoardLine::you);
        desk.preferences().addListener((property, was, now) -> columns.dress(now.fontPx()));
        columns.dress(desk.preferences().get().fontPx());
        table.setMinHeight(0);
        table.setPrefHeight(0);
        table.setPlaceholder(new Region());
        table.setRowFactory(each -> new Row());
        table.getSelectionModel().selectedItemProperty().addListener((property, was, now) -> {
            if (now != null && !refreshing) {
                desk.selectedAuction().set(now.auctionId());
            }
        });
        table.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ENTER && table.getSelectionModel().getSelectedItem() != null) {
                desk.open(ScreenId.AUCTIONS);
                event.consume();
            } else if (event.getCode() == KeyCode.ESCAPE) {
                desk.selectedAuction().set("");
                event.consume();
            }
        });
        table.addEventHandler(MouseEvent.MOUSE_CLICKED, event -> {
            if (event.getClickCount() == 2 && table.getSelectionModel().getSelectedItem() != null) {
                desk.open(ScreenId.AUCTIONS);
            }
        });
    }

    private void add(String name, double widthEm, String kind, Function<BoardLine, String> text) {
        columns.add(column(name, kind, text), widthEm);
    }

    private static TableColumn<BoardLine, String> column(String name, String kind, Function<BoardLine, String> text) {
        TableColumn<BoardLine, String> column = new TableColumn<>(name);
        column.setCellValueFactory(cell -> new ReadOnlyStringWrapper(text.apply(cell.getValue())));
        column.setCellFactory(any -> new Cell(kind));
        if (!kind.isEmpty()) {
            column.getStyleClass().add(kind);
        }
        return column;
    }

    private void show(List<BoardLine> lines) {
        String chosen = desk.selectedAuction().get();
        refreshing = true;
        if (lines.size() != shown.size()) {
            shown.setAll(lines);
        } else {
            for (int i = 0; i < lines.size(); i++) {
                // Rows that did not change keep their cells: less work, and the keyboard's place is kept.
                if (!lines.get(i).equals(shown.get(i))) {
                    shown.set(i, lines.get(i));
                }
            }
        }
        BoardLine selected = lines.stream().filter(line -> line.auctionId().equals(chosen)).findFirst().orElse(null);
        if (selected == null) {
            table.getSelectionModel().clearSelection();
        } else if (!selected.equals(table.getSelectionModel().getSelectedItem())) {
            table.getSelectionModel().select(selected);
        }
        refreshing = false;
        none.setVisible(lines.isEmpty());
        table.setVisible(!lines.isEmpty());
        String why = selected != null && !selected.notice().isEmpty() ? selected.notice()
            : lines.stream().map(BoardLine::notice).filter(each -> !each.isEmpty()).findFirst().orElse("");
        notice.setText(why);
        notice.setVisible(!why.isEmpty());
        notice.setManaged(!why.isEmpty());
    }

    /** The keyboard is in the table: arrows and Enter are its own. */
    boolean holds(javafx.scene.Node focusOwner) {
        for (javafx.scene.Node at = focusOwner; at != null; at = at.getParent()) {
            if (at == this) {
                return true;
            }
        }
        return false;
    }

    private static final class Row extends TableRow<BoardLine> {
        @Override
        protected void updateItem(BoardLine line, boolean empty) {
            super.updateItem(line, empty);
            getStyleClass().removeAll("good", "bad", "over", "waiting");
            if (empty || line == null) {
                setAccessibleText(null);
                return;
            }
            if (line.tone() != BoardLine.Tone.PLAIN) {
                getStyleClass().add(line.tone().name().toLowerCase(java.util.Locale.ROOT));
            }
            if (!line.notice().isEmpty()) {
                getStyleClass().add("waiting");
            }
            setAccessibleText(line.title() + ", " + line.auctionId() + ", high bid " + line.highBid() + (line.leader().isEmpty() ? "" : " by " + line.leader())
                + (line.next().isEmpty() ? "" : ", next " + line.next()) + ", ends " + line.ends() + (line.you().isEmpty() ? "" : ", " + line.you()));
        }
    }

    private static final class Cell extends TableCell<BoardLine, String> {
        private final Tooltip whole = new Tooltip();

        Cell(String kind) {
            if (!kind.isEmpty()) {
                getStyleClass().add(kind);
            }
        }

        @Override
        protected void updateItem(String text, boolean empty) {
            super.updateItem(text, empty);
            setText(empty ? null : text == null || text.isEmpty() ? "–" : text);
            whole.setText(text);
            setTooltip(empty || text == null || text.length() < 12 ? null : whole);
        }
    }
}
