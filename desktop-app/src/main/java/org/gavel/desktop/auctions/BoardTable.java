package org.gavel.desktop.auctions;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import org.gavel.desktop.screen.FittingColumns;
import org.gavel.desktop.screen.Ids;
import org.gavel.node.client.Durations;
import org.gavel.protocol.auction.Money;

/** All auctions, a row each. The selection stays with its auction while rows move. */
final class BoardTable extends TableView<AuctionRow> {
    private static final String NUMBER = "number";

    private final ObservableList<AuctionRow> shown = FXCollections.observableArrayList();
    /** Of 'Next' and 'Bids' the auction's detail tells, too. */
    private final FittingColumns<AuctionRow> columns = new FittingColumns<>(this, 4, 3);
    private String filter = "";
    private boolean refreshing;

    BoardTable(Consumer<String> onSelected) {
        super();
        setId(Ids.Auctions.BOARD);
        setItems(shown);
        add("Auction", 7.1, "", AuctionRow::title);
        add("High bid", 5.7, NUMBER, row -> money(row.priceCents()));
        add("Leader", 4.9, "", AuctionRow::leader);
        add("Bids", 3.4, NUMBER, row -> Long.toString(row.bids()));
        add("Next", 5, NUMBER, row -> row.isOver() ? "" : money(row.minimumCents()));
        add("Ends in", 4.9, NUMBER, BoardTable::remaining);
        add("You", 5.6, "mine", row -> row.mine().words());
        setRowFactory(table -> new Row());
        getSelectionModel().selectedItemProperty().addListener((property, was, now) -> {
            if (now != null && !refreshing) {
                onSelected.accept(now.auctionId());
            }
        });
    }

    /** '≈' before what only this window reckons. */
    static String remaining(AuctionRow row) {
        return row.isOver() ? "over" : row.leftMs() < 0 ? "–" : (row.estimated() ? "≈" : "") + Durations.clock(row.leftMs());
    }

    static String money(long cents) {
        return cents < 0 ? "–" : Money.format(cents);
    }

    private void add(String name, double widthEm, String kind, Function<AuctionRow, String> text) {
        columns.add(column(name, kind, text), widthEm);
    }

    /** @param fontPx the font's size */
    void dress(double fontPx) {
        columns.dress(fontPx);
    }

    private static TableColumn<AuctionRow, String> column(String name, String kind, Function<AuctionRow, String> text) {
        TableColumn<AuctionRow, String> column = new TableColumn<>(name);
        column.setCellValueFactory(cell -> new ReadOnlyStringWrapper(text.apply(cell.getValue())));
        column.setCellFactory(any -> new Cell(kind));
        if (kind.equals(NUMBER)) {
            column.getStyleClass().add(NUMBER);
        }
        return column;
    }

    void filter(String words) {
        filter = words.strip().toLowerCase(Locale.ROOT);
    }

    /** Shows these rows, those that the filter lets through; keeps the selection. */
    void show(List<AuctionRow> rows, String selectedId) {
        List<AuctionRow> fitting = rows.stream().filter(this::fits).toList();
        refreshing = true;
        if (!fitting.equals(shown)) {
            if (fitting.size() == shown.size()) {
                replaceChanged(fitting);
            } else {
                shown.setAll(fitting);
            }
        }
        AuctionRow selected = fitting.stream().filter(row -> row.auctionId().equals(selectedId)).findFirst().orElse(null);
        if (selected == null) {
            getSelectionModel().clearSelection();
        } else if (!selected.equals(getSelectionModel().getSelectedItem())) {
            getSelectionModel().select(selected);
        }
        refreshing = false;
    }

    /** Rows that did not change keep their cells: less work, and the keyboard's place is kept. */
    private void replaceChanged(List<AuctionRow> rows) {
        for (int i = 0; i < rows.size(); i++) {
            if (!rows.get(i).equals(shown.get(i))) {
                shown.set(i, rows.get(i));
            }
        }
    }

    private boolean fits(AuctionRow row) {
        return filter.isEmpty() || (row.auctionId() + " " + row.title() + " " + row.leader() + " " + row.state() + " " + row.mine().words())
            .toLowerCase(Locale.ROOT).contains(filter);
    }

    private static final class Row extends TableRow<AuctionRow> {
        @Override
        protected void updateItem(AuctionRow row, boolean empty) {
            super.updateItem(row, empty);
            getStyleClass().removeAll("over", "electing", "leading", "outbid");
            if (empty || row == null) {
                setAccessibleText(null);
                return;
            }
            if (row.isOver()) {
                getStyleClass().add("over");
            } else if (!row.state().equals("running")) {
                getStyleClass().add("electing");
            }
            if (row.mine() == AuctionRow.Mine.LEADING || row.mine() == AuctionRow.Mine.WON) {
                getStyleClass().add("leading");
            } else if (row.mine() == AuctionRow.Mine.OUTBID) {
                getStyleClass().add("outbid");
            }
            setAccessibleText(row.title() + ", " + row.auctionId() + ", high bid " + money(row.priceCents()) + (row.leader().isEmpty() ? "" : " by " + row.leader())
                + ", " + (row.isOver() ? row.result() : "ends in " + remaining(row)) + (row.mine().words().isEmpty() ? "" : ", " + row.mine().words()));
        }
    }

    private static final class Cell extends TableCell<AuctionRow, String> {
        private final Tooltip whole = new Tooltip();

        Cell(String kind) {
            super();
            if (!kind.isEmpty()) {
                getStyleClass().add(kind);
            }
        }

        @Override
        protected void updateItem(String text, boolean empty) {
            super.updateItem(text, empty);
            setText(empty ? null : text);
            boolean told = !empty && text != null && text.length() > 9;
            whole.setText(told ? text : "");
            setTooltip(told ? whole : null);
        }
    }
}
