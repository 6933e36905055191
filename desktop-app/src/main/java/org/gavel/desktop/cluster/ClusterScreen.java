package org.gavel.desktop.cluster;

import java.util.List;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Circle;
import org.gavel.desktop.model.ClusterView;
import org.gavel.desktop.model.GroupView;
import org.gavel.desktop.model.NodeView;
import org.gavel.desktop.model.Role;
import org.gavel.desktop.preferences.Preferences;
import org.gavel.desktop.screen.Desk;
import org.gavel.desktop.screen.Screen;
import org.gavel.desktop.screen.ScreenId;
import org.gavel.desktop.screen.Tick;
import org.gavel.protocol.identity.Uid;

/** The Cluster screen: the ring on the left, the inspector on the right, the last events below. */
public final class ClusterScreen implements Screen {
    /** Below this height the ring needs the room of what stands below it. */
    private static final double EVENTS_FROM_HEIGHT = 700;
    /** Below this width of the card the legend stands alone. */
    private static final double KEYS_FROM_WIDTH = 640;
    private static final double NARROW_BELOW_WIDTH = 1_150;
    private static final double GAP = 16;
    private static final String LOOK = "arrows walk the ring · Enter inspects";

    private Desk desk;
    private NodeActions actions;
    private RingPane ring;
    private Inspector inspector;
    private EmptyState empty;
    private EventsCard events;
    private AuctionsCard auctions;
    private BelowRing below;
    private final Label keys = new Label(LOOK);
    private StackPane root;
    private BorderPane content;
    private ContextMenu menu;
    private boolean visible;
    private boolean chosen;

    @Override
    public ScreenId id() {
        return ScreenId.CLUSTER;
    }

    @Override
    public List<String> stylesheets() {
        return List.of(ClusterScreen.class.getResource("cluster.css").toExternalForm());
    }

    @Override
    public Parent build(Desk itsDesk) {
        desk = itsDesk;
        actions = new NodeActions(desk);
        ring = new RingPane(this::choose);
        ring.addEventHandler(ContextMenuEvent.CONTEXT_MENU_REQUESTED, this::onMenu);
        inspector = new Inspector(actions);
        empty = new EmptyState(desk);
        events = new EventsCard();
        auctions = new AuctionsCard(desk);
        below = new BelowRing(desk, auctions, events);
        content = new BorderPane(ringCard(), null, inspector, below, null);
        BorderPane.setMargin(inspector, new Insets(0, 0, 0, GAP));
        BorderPane.setMargin(below, new Insets(GAP, 0, 0, 0));
        content.getStyleClass().add("cluster-content");
        root = new StackPane(content, empty);
        root.getStyleClass().add("cluster-screen");
        root.heightProperty().addListener((property, before, now) -> below.fit(now.doubleValue() < EVENTS_FROM_HEIGHT));
        root.widthProperty().addListener((property, before, now) -> narrow(now.doubleValue() < NARROW_BELOW_WIDTH));
        desk.preferences().addListener((property, before, now) -> dress(now));
        desk.selectedNode().addListener((property, before, now) -> onSelected(now));
        desk.selectedAuction().addListener((property, before, now) -> onAuction(now));
        dress(desk.preferences().get());
        showState(ClusterView.EMPTY);
        return root;
    }

    private void narrow(boolean isNarrow) {
        root.getStyleClass().remove("narrow");
        if (isNarrow) {
            root.getStyleClass().add("narrow");
        }
    }

    private void dress(Preferences preferences) {
        ring.dress(preferences.fontPx(), preferences.reducedMotion());
    }

    private Node ringCard() {
        Label title = new Label("Ring");
        title.getStyleClass().add("title");
        title.setMinWidth(Region.USE_PREF_SIZE);
        Label note = new Label("in joining order, arrows to the successor");
        note.getStyleClass().add("subtle");
        HBox head = new HBox(title, note);
        head.setAlignment(Pos.BASELINE_LEFT);
        head.getStyleClass().add("card-head");
        FlowPane legend = new FlowPane();
        legend.getStyleClass().add("legend");
        legend.setAlignment(Pos.CENTER_LEFT);
        for (String[] entry : new String[][] {{"lead", "leads"}, {"follow", "idle / follower"}, {"elect", "electing"}, {"suspect", "suspected"}, {"dead", "dead"}}) {
            Circle circle = new Circle(5);
            circle.getStyleClass().addAll("legend-dot", entry[0]);
            Label word = new Label(entry[1], circle);
            word.setMinWidth(Region.USE_PREF_SIZE);
            word.getStyleClass().add("subtle");
            legend.getChildren().add(word);
        }
        keys.getStyleClass().add("subtle");
        keys.setMinWidth(Region.USE_PREF_SIZE);
        HBox.setHgrow(legend, Priority.ALWAYS);
        HBox foot = new HBox(legend, keys);
        foot.getStyleClass().add("ring-foot");
        VBox.setVgrow(ring, Priority.ALWAYS);
        ring.widthProperty().addListener((property, before, now) -> {
            keys.setVisible(now.doubleValue() >= KEYS_FROM_WIDTH);
            keys.setManaged(keys.isVisible());
        });
        VBox card = new VBox(head, ring, foot);
        card.getStyleClass().addAll("card", "ring-card");
        card.setMinSize(0, 0);
        return card;
    }

    // ---------------------------------------------------------------- what the window brings

    @Override
    public void onTick(Tick tick) {
        if (tick.reset()) {
            chosen = false;
        }
        events.show(tick, visible);
        if (!visible) {
            return;
        }
        showState(tick.view());
    }

    private void showState(ClusterView view) {
        boolean nobody = view.nodes().isEmpty();
        empty.setVisible(nobody);
        content.setVisible(!nobody);
        if (nobody) {
            empty.refresh();
            return;
        }
        if (!chosen && (desk.selectedNode().get().isNobody() || view.node(desk.selectedNode().get()).isEmpty())) {
            view.nodes().stream().filter(node -> node.role() == Role.INM).findFirst().or(() -> view.nodes().stream().findFirst())
                .ifPresent(node -> desk.selectedNode().set(node.uid()));
        }
        keys.setText(actions.anything() ? LOOK + " · K kills" : LOOK);
        auctions.mode(desk.feed().mode());
        ring.show(view, desk.selectedAuction().get(), desk.board().get());
        inspector.show(desk.selectedNode().get(), view);
    }

    @Override
    public void shown() {
        visible = true;
        showState(desk.view().get());
        events.draw(desk.view().get());
        // Not the first button of the top bar: arrows and letters go on where the person was.
        NodeFigure figure = chosen ? ring.figure(desk.selectedNode().get()) : null;
        (figure == null ? root : figure).requestFocus();
    }

    @Override
    public void hidden() {
        visible = false;
        ring.rest();
    }

    @Override
    public void close() {
        ring.rest();
    }

    // ---------------------------------------------------------------- what the person does

    private void choose(Uid uid) {
        chosen = true;
        desk.selectedNode().set(uid);
    }

    private void onSelected(Uid uid) {
        ring.select(uid);
        inspector.show(uid, desk.view().get());
    }

    /** Its group lights up, and the inspector looks at its active. */
    private void onAuction(String auctionId) {
        ClusterView view = desk.view().get();
        view.group(auctionId).map(GroupView::active).filter(active -> view.node(active).isPresent()).ifPresent(this::choose);
        if (visible) {
            showState(view);
        }
    }

    private void onMenu(ContextMenuEvent event) {
        NodeView node = desk.view().get().node(desk.selectedNode().get()).orElse(null);
        if (menu != null) {
            menu.hide();
        }
        boolean onFigure = node != null && (event.isKeyboardTrigger() || isWithin(event.getTarget(), ring.figure(node.uid())));
        if (onFigure) {
            menu = actions.menu(node);
            menu.show(ring.figure(node.uid()), event.getScreenX(), event.getScreenY());
            event.consume();
        }
    }

    private static boolean isWithin(Object target, Node figure) {
        for (Node at = target instanceof Node node ? node : null; at != null; at = at.getParent()) {
            if (at == figure) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean onKey(KeyEvent event) {
        if (desk.view().get().nodes().isEmpty() || event.isShiftDown()) {
            return false;
        }
        Uid selected = desk.selectedNode().get();
        boolean onRing = root.getScene().getFocusOwner() instanceof NodeFigure;
        if (auctions.holds(root.getScene().getFocusOwner()) && event.getCode().isNavigationKey()) {
            return false;
        }
        switch (event.getCode()) {
            case RIGHT, DOWN -> ring.walk(1);
            case LEFT, UP -> ring.walk(-1);
            case K -> actions.perform(NodeAction.KILL, selected);
            case R -> actions.perform(NodeAction.RESTART, selected);
            case ENTER -> {
                if (!onRing) {
                    return false;
                }
                inspector.enter();
            }
            case SPACE -> {
                if (!onRing) {
                    return false;
                }
                actions.perform(NodeAction.PAUSE, selected);
            }
            default -> {
                return false;
            }
        }
        return true;
    }
}
