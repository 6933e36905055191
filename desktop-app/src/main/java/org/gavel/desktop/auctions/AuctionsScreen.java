package org.gavel.desktop.auctions;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;
import org.gavel.desktop.feed.FeedMode;
import org.gavel.desktop.model.ClusterView;
import org.gavel.desktop.screen.BoardLine;
import org.gavel.desktop.screen.Desk;
import org.gavel.desktop.screen.Ids;
import org.gavel.desktop.screen.Notice;
import org.gavel.desktop.screen.Screen;
import org.gavel.desktop.screen.ScreenId;
import org.gavel.desktop.screen.Tick;
import org.gavel.node.client.AuctionHouse;
import org.gavel.protocol.client.AuctionInfo;
import org.gavel.protocol.client.StartRequest;

/** The Auctions screen: the board, one auction in detail, the start form, and the docked bid ticket. */
public final class AuctionsScreen implements Screen {
    private static final String STALE = "stale-screen";
    private static final double DESK_WIDTH = 328;
    private static final double DESK_WIDTH_MAX = 448;
    private static final double DESK_SHARE = 0.3;
    private static final double CHART_FROM_EM = 23;

    private final TicketModel ticketModel = new TicketModel();
    private final Label trouble = new Label();
    private final Button newAuction = new Button("New auction");
    private final TextField filter = new TextField();
    private final HBox bar = new HBox();
    private final Label nothing = new Label();
    private final Button emptyStart = new Button("Start an auction");
    private final VBox empty = new VBox(nothing, emptyStart);
    private final StackPane deskSide = new StackPane();
    private Desk desk;
    private AuctionsModel model;
    private BoardTable board;
    private AuctionDetail detail;
    private BidTicket ticket;
    private StartForm form;
    private HBox root;
    private ScrollPane formRoom;
    private AuctionHouse house;
    private String selected = "";
    private boolean starting;
    /** The start that the form waits for, or null. */
    private StartRequest awaited;
    private boolean inFront;

    @Override
    public ScreenId id() {
        return ScreenId.AUCTIONS;
    }

    @Override
    public List<String> stylesheets() {
        return List.of(Objects.requireNonNull(AuctionsScreen.class.getResource("auctions.css"), "auctions.css").toExternalForm());
    }

    @Override
    public Parent build(Desk window) {
        desk = window;
        forgetAll();
        board = new BoardTable(this::select);
        detail = new AuctionDetail(this::exportBids);
        ticket = new BidTicket(ticketModel, this::bid);
        form = StartForm.load(this::start, () -> starting(false));
        root = new HBox(boardSide(), side());
        desk.preferences().addListener((property, was, now) -> board.dress(now.fontPx()));
        board.dress(desk.preferences().get().fontPx());
        root.getStyleClass().add("auctions");
        deskSide.prefWidthProperty().bind(root.widthProperty().multiply(DESK_SHARE));
        desk.selectedAuction().addListener((property, was, now) -> {
            if (!now.isEmpty() && !now.equals(selected)) {
                select(now);
            }
        });
        refresh();
        return root;
    }

    /** A feed of its own begins: nothing is known of its auctions. */
    private void forgetAll() {
        house = desk.house();
        model = new AuctionsModel(desk.settings().bidder().toString(), house::watch);
        selected = "";
    }

    private VBox boardSide() {
        trouble.setId(Ids.Auctions.TROUBLE);
        trouble.setWrapText(true);
        trouble.getStyleClass().add("trouble-line");
        filter.setId(Ids.Auctions.FILTER);
        filter.setPromptText("Filter (Ctrl+F)");
        filter.setAccessibleText("Filter auctions");
        filter.textProperty().addListener((property, was, now) -> {
            board.filter(now);
            refresh();
        });
        HBox.setHgrow(filter, Priority.ALWAYS);
        newAuction.setId(Ids.Auctions.NEW);
        newAuction.getStyleClass().add("accent");
        newAuction.setMinWidth(HBox.USE_PREF_SIZE);
        newAuction.setOnAction(event -> starting(true));
        bar.getChildren().add(filter);
        bar.getStyleClass().add("row");
        emptyStart.setId(Ids.Auctions.EMPTY_START);
        emptyStart.getStyleClass().add("accent");
        emptyStart.setOnAction(event -> starting(true));
        empty.setId(Ids.Auctions.EMPTY);
        empty.getStyleClass().add("empty");
        empty.setAlignment(Pos.CENTER);
        if (desk.readOnly()) {
            empty.getChildren().remove(emptyStart);
        } else {
            bar.getChildren().add(newAuction);
        }
        StackPane boardArea = new StackPane(board, empty);
        VBox.setVgrow(boardArea, Priority.ALWAYS);
        VBox side = new VBox(bar, trouble, boardArea);
        side.getStyleClass().add("board-side");
        HBox.setHgrow(side, Priority.ALWAYS);
        return side;
    }

    private StackPane side() {
        ScrollPane room = room(detail);
        room.setFitToHeight(true);
        room.heightProperty().addListener((property, was, now) -> detail.chart(now.doubleValue() >= CHART_FROM_EM * desk.preferences().get().fontPx()));
        VBox chosen = new VBox(room);
        VBox.setVgrow(room, Priority.ALWAYS);
        chosen.getStyleClass().add("desk-side");
        if (!desk.readOnly()) {
            chosen.getChildren().add(ticket);
        }
        deskSide.setMinWidth(DESK_WIDTH);
        deskSide.setMaxWidth(DESK_WIDTH_MAX);
        deskSide.setAlignment(Pos.TOP_CENTER);
        formRoom = room(form.root());
        formRoom.setMaxHeight(VBox.USE_PREF_SIZE);
        deskSide.getChildren().setAll(chosen, formRoom);
        return deskSide;
    }

    /** What has less room than it needs is scrolled: the ticket below it, and the window's last line, stay in sight. */
    private static ScrollPane room(Node content) {
        ScrollPane room = new ScrollPane(content);
        room.getStyleClass().add("room");
        room.setFitToWidth(true);
        room.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        room.setMinSize(0, 0);
        return room;
    }

    // ---------------------------------------------------------------- ticks

    @Override
    public void onTick(Tick tick) {
        if (tick.reset() || house != desk.house()) {
            forgetAll();
        }
        model.tick(tick.view());
        model.happenings().forEach(this::tell);
        List<BoardLine> lines = model.lines(tick.view().isStale());
        if (!lines.equals(desk.board().get())) {
            desk.board().set(lines);
        }
        if (inFront) {
            refresh();
        }
    }

    @Override
    public void shown() {
        inFront = true;
        refresh();
        // Not the filter: while somebody types, single keys mean letters.
        (board.isVisible() ? board : emptyStart.isVisible() && !desk.readOnly() ? emptyStart : root).requestFocus();
    }

    @Override
    public void hidden() {
        inFront = false;
    }

    private void refresh() {
        ClusterView view = desk.view().get();
        List<AuctionRow> rows = model.rows();
        if (selected.isEmpty() && !rows.isEmpty()) {
            selected = rows.get(0).auctionId();
        }
        AuctionRow row = row(selected);
        board.show(rows, selected);
        empty.setVisible(rows.isEmpty());
        // Where there is nothing to filter and nothing to bid on, one button is enough.
        show(bar, !rows.isEmpty());
        deskSide.setManaged(starting || row != null);
        board.setVisible(!rows.isEmpty());
        nothing.setText(desk.feed().mode() == FeedMode.REPLAY ? "A recording holds no board: it shows nodes and events." : emptySentence(view));
        emptyStart.setVisible(!starting && view.connection() == ClusterView.Connection.HEARD && view.market().list() != null);
        String why = view.connection() == ClusterView.Connection.LOST ? "The cluster is not heard any more: what stands here is as old as its last word."
            : view.market().trouble();
        trouble.setText(why);
        show(trouble, !why.isEmpty());
        if (view.isStale() != root.getStyleClass().contains(STALE)) {
            root.getStyleClass().setAll(view.isStale() ? List.of("auctions", STALE) : List.of("auctions"));
        }
        form.items(view.market().list() == null ? List.of() : view.market().list().items(), view.market().list() != null);
        form.root().setVisible(starting);
        formRoom.setVisible(starting);
        newAuction.setDisable(starting || view.isStale());
        deskSide.getChildren().get(0).setVisible(!starting && row != null);
        if (row != null) {
            detail.show(row, model.book(selected), model.notice(selected), view.nowMs());
            market(row, view);
        }
        ticket.refresh();
    }

    private static void show(Node part, boolean wanted) {
        part.setVisible(wanted);
        part.setManaged(wanted);
    }

    private void market(AuctionRow chosen, ClusterView view) {
        ticketModel.choose(chosen.auctionId(), chosen.title());
        AuctionRow row = row(ticketModel.auctionId());
        if (row == null) {
            return;
        }
        AuctionBook book = model.book(row.auctionId());
        String why = row.isOver() ? "the auction is over, " + row.result() : book.iSell() ? "you sell this item; a seller cannot bid" : view.isStale() ? "the cluster is not heard" : "";
        boolean leaderless = !row.state().equals("running") || !model.notice(row.auctionId()).isEmpty();
        String waiting = leaderless ? row.state().equals("paused") ? "the auction is paused" : "waiting for a leader" : "";
        ticketModel.market(row.minimumCents(), model.incrementCents(row.auctionId(), itemId(row.auctionId(), view)), why.isEmpty(), why, waiting);
    }

    private static String itemId(String auctionId, ClusterView view) {
        return view.market().list() == null ? "" : view.market().list().auctions().stream().filter(info -> info.auctionId().equals(auctionId)).map(AuctionInfo::itemId)
            .findFirst().orElse("");
    }

    private static String emptySentence(ClusterView view) {
        return switch (view.connection()) {
            case SEARCHING -> "No cluster is heard yet.";
            case LOST -> "The cluster is not heard any more.";
            case HEARD -> view.market().list() == null ? "Asking for the auctions…" : "No auction yet.";
        };
    }

    private AuctionRow row(String auctionId) {
        return model.rows().stream().filter(row -> row.auctionId().equals(auctionId)).findFirst().orElse(null);
    }

    private void select(String auctionId) {
        selected = auctionId;
        starting = false;
        desk.selectedAuction().set(auctionId);
        refresh();
    }

    // ---------------------------------------------------------------- what the person does

    private void starting(boolean now) {
        if (now && (desk.readOnly() || desk.feed().mode() == FeedMode.REPLAY)) {
            return;
        }
        starting = now;
        if (now) {
            awaited = null;
            form.clear();
        }
        refresh();
        if (now) {
            // Before its first pulse a scroll pane does not hold its content yet, and that takes no focus.
            formRoom.applyCss();
            form.focus();
        } else {
            board.requestFocus();
        }
    }

    /** Whoever has left the form before the answer keeps what they went on to, and the focus with it; a notice tells them. */
    private void start(StartRequest request) {
        awaited = request;
        desk.house().start(request).whenCompleteAsync((started, failure) -> {
            boolean atTheForm = starting && awaited == request;
            if (failure == null) {
                desk.notify(Notice.of("Auction started", started.auctionId() + " is open"));
                selected = atTheForm ? started.auctionId() : selected;
            } else if (atTheForm) {
                form.failed(sentence(failure));
            } else {
                desk.notify(Notice.warning("No auction was started", sentence(failure)));
            }
            if (atTheForm && failure == null) {
                starting(false);
            }
        }, desk.ui());
    }

    private void bid(String auctionId, long amountCents) {
        desk.house().bid(auctionId, amountCents, null).whenCompleteAsync((result, failure) -> {
            if (failure != null) {
                ticketModel.failed(sentence(failure));
            } else {
                ticketModel.answered(result);
            }
            refresh();
        }, desk.ui());
    }

    private static String sentence(Throwable failure) {
        Throwable cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    private void tell(Happening happening) {
        Notice notice = happening.bidAgain() ? Notice.warning(happening.title(), happening.sentence()) : Notice.of(happening.title(), happening.sentence());
        desk.notify(happening.bidAgain() && !desk.readOnly() ? notice.withAction("Bid again", () -> bidAgain(happening.auctionId())) : notice);
    }

    private void bidAgain(String auctionId) {
        desk.open(ScreenId.AUCTIONS);
        select(auctionId);
        if (ticketModel.auctionId().equals(auctionId)) {
            ticketModel.fillMinimum();
            ticket.refresh();
            ticket.focusAmount();
        }
    }

    private void exportBids() {
        FileChooser chooser = new FileChooser();
        chooser.setTitle("Export the bids of " + selected);
        chooser.setInitialFileName(selected + "-bids.csv");
        File file = chooser.showSaveDialog(desk.window());
        if (file == null) {
            return;
        }
        try {
            Files.writeString(file.toPath(), BidsCsv.of(selected, model.book(selected).ladder()));
            desk.notify(Notice.of("Bids exported", file.getPath()));
        } catch (IOException e) {
            desk.notify(Notice.warning("The bids were not exported", file.getPath() + " cannot be written: " + e.getMessage() + "; choose another place"));
        }
    }

    // ---------------------------------------------------------------- keys

    @Override
    public boolean onKey(KeyEvent event) {
        if (event.getCode() == KeyCode.N) {
            starting(true);
            return true;
        }
        if (event.getCode() == KeyCode.B && !desk.readOnly()) {
            if (starting) {
                starting(false);
            }
            ticket.focusAmount();
            return true;
        }
        return false;
    }

    @Override
    public void begin() {
        starting(true);
    }

    @Override
    public void focusFilter() {
        filter.requestFocus();
    }
}
