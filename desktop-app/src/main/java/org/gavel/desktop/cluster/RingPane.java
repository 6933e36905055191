package org.gavel.desktop.cluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javafx.scene.Group;
import javafx.scene.layout.Pane;
import org.gavel.desktop.model.ClusterView;
import org.gavel.desktop.model.NodeView;
import org.gavel.desktop.screen.BoardLine;
import org.gavel.desktop.screen.Ids;
import org.gavel.protocol.identity.Uid;

/**
 * The circle: nodes in ring order, arrows to the successor, the auctions' groups, tokens on their way. Scene-graph nodes that are changed only
 * where the picture has changed.
 */
final class RingPane extends Pane {
    private final Consumer<Uid> select;
    private final Group bands = new Group();
    private final ArrowLayer arrows = new ArrowLayer();
    private final GroupLayer groups = new GroupLayer();
    private final Group figureLayer = new Group();
    private final TokenLayer tokens = new TokenLayer();
    private final RingCentre centre = new RingCentre();
    private final SideLayer sides = new SideLayer(bands);
    private final Map<Uid, NodeFigure> figures = new LinkedHashMap<>();
    private final Map<Uid, Integer> places = new HashMap<>();
    private ClusterView view = ClusterView.EMPTY;
    private Uid selected = Uid.NOBODY;
    private RingLayout layout = new RingLayout(1, 1, 1, 1);
    private double em = 14;
    private boolean still;

    RingPane(Consumer<Uid> select) {
        this.select = select;
        setId(Ids.Cluster.RING);
        getStyleClass().add("ring");
        setMinSize(0, 0);
        getChildren().addAll(bands, groups, arrows, centre, figureLayer, tokens);
        widthProperty().addListener(change -> placeAll());
        heightProperty().addListener(change -> placeAll());
    }

    /**
     * @param fontPx the font's size
     * @param calm   reduced motion: nothing moves, states jump
     */
    void dress(double fontPx, boolean calm) {
        em = fontPx;
        still = calm;
        placeAll();
    }

    /**
     * @param auctionId whose group stands out; empty for none
     * @param board     what is sold, and how that goes
     */
    void show(ClusterView now, String auctionId, List<BoardLine> board) {
        groups.choose(auctionId);
        centre.choose(auctionId);
        centre.board(board);
        show(now);
    }

    private void show(ClusterView now) {
        boolean sameNodes = places.size() == now.nodes().size() && now.nodes().stream().allMatch(node -> figures.containsKey(node.uid()))
            && order(now).equals(order(view));
        view = now;
        if (!sameNodes) {
            rebuild();
        }
        for (NodeView node : now.nodes()) {
            figures.get(node.uid()).show(node, now, still);
        }
        if (sameNodes) {
            figures.forEach((uid, figure) -> {
                if (figure.needsPlace()) {
                    figure.place(layout, places.get(uid), em);
                }
            });
            arrows.show(now, layout);
            groups.show(now, layout, places, em);
            sides.show(now, layout, places);
            centre.show(now, layout, em);
        } else {
            placeAll();
        }
        tokens.show(now.tokens(), layout, places, still);
    }

    private static List<Uid> order(ClusterView view) {
        return view.nodes().stream().map(NodeView::uid).toList();
    }

    private void rebuild() {
        Map<Uid, NodeFigure> before = new HashMap<>(figures);
        figures.clear();
        places.clear();
        List<NodeFigure> inOrder = new ArrayList<>();
        for (NodeView node : view.nodes()) {
            NodeFigure figure = before.containsKey(node.uid()) ? before.get(node.uid()) : new NodeFigure(node.uid(), select);
            figures.put(node.uid(), figure);
            places.put(node.uid(), inOrder.size());
            inOrder.add(figure);
            figure.selected(node.uid().equals(selected));
        }
        // Untouched ones stay in the scene, so that the focus is not lost.
        figureLayer.getChildren().removeIf(child -> !inOrder.contains(child));
        for (int i = 0; i < inOrder.size(); i++) {
            if (!figureLayer.getChildren().contains(inOrder.get(i))) {
                figureLayer.getChildren().add(Math.min(i, figureLayer.getChildren().size()), inOrder.get(i));
            }
        }
    }

    private void placeAll() {
        if (getWidth() <= 0 || getHeight() <= 0) {
            return;
        }
        layout = new RingLayout(view.nodes().size(), getWidth(), getHeight(), em);
        figures.forEach((uid, figure) -> figure.place(layout, places.get(uid), em));
        arrows.relayout();
        groups.relayout();
        sides.relayout();
        arrows.show(view, layout);
        groups.show(view, layout, places, em);
        sides.show(view, layout, places);
        centre.show(view, layout, em);
        tokens.show(view.tokens(), layout, places, still);
    }

    // ---------------------------------------------------------------- selection

    void select(Uid uid) {
        NodeFigure before = figures.get(selected);
        if (before != null) {
            before.selected(false);
        }
        selected = uid;
        NodeFigure now = figures.get(uid);
        if (now != null) {
            now.selected(true);
        }
    }

    /** Gives the focus to the node so many places further round the ring; from nowhere, to the first. */
    void walk(int by) {
        if (view.nodes().isEmpty()) {
            return;
        }
        Integer here = places.get(selected);
        int next = here == null ? 0 : Math.floorMod(here + by, view.nodes().size());
        figures.get(view.nodes().get(next).uid()).requestFocus();
    }

    NodeFigure figure(Uid uid) {
        return figures.get(uid);
    }

    /** Ends what moves. */
    void rest() {
        tokens.rest();
    }
}
