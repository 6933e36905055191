package org.gavel.desktop.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.gavel.desktop.model.ClusterView;
import org.gavel.desktop.model.GroupView;
import org.gavel.desktop.screen.BoardLine;

/** In the middle of the circle: what is sold, and how that goes. */
final class RingCentre extends VBox {
    /** With more auctions each has one line. */
    private static final int TALL_MAX = 2;
    private static final int SHOWN_MAX = 8;
    /** In a narrower circle the text is smaller, so that a price stays on its line. */
    private static final double TIGHT_BELOW_EM = 11;
    private static final double INSIDE_MIN_EM = 2.5;

    private record Shown(List<GroupView> groups, List<BoardLine> board, boolean stale, double width, String chosen) { }

    private Shown shown;
    private String chosen = "";
    private List<BoardLine> board = List.of();
    private boolean tight;

    RingCentre() {
        getStyleClass().add("ring-centre");
        setAlignment(Pos.CENTER);
        setMouseTransparent(true);
        // Sized and placed here, about the circle's centre.
        setManaged(false);
    }

    /** This auction stands out among several; empty for none. */
    void choose(String auctionId) {
        chosen = auctionId;
    }

    /** What the table beside the ring says, so that both say the same; an auction that is not on it is told by its nodes alone. */
    void board(List<BoardLine> lines) {
        board = lines;
    }

    void show(ClusterView view, RingLayout layout, double em) {
        double inside = GroupLayer.innerRadius(layout, view.groups().size(), em);
        double width = 2 * Math.max(4 * em, inside * 0.9);
        // In the smallest rings it would stand on the groups' arcs: those say who sells, and whether they elect; the rest is in the table.
        setVisible(view.groups().isEmpty() || !layout.isBrief() || inside >= INSIDE_MIN_EM * em);
        Shown now = new Shown(view.groups(), board, view.isStale(), width, chosen);
        if (!Objects.equals(now, shown)) {
            shown = now;
            tight = width < TIGHT_BELOW_EM * em;
            getStyleClass().setAll(tight ? List.of("ring-centre", "tight") : List.of("ring-centre"));
            getChildren().setAll(view.groups().isEmpty() ? List.of(line(view.nodes().isEmpty() ? "" : view.isStale() ? "nobody is heard" : "no auction runs", "subtle")) : lines(view));
            applyCss();
        }
        double height = prefHeight(width);
        resizeRelocate(layout.centreX() - width / 2, layout.centreY() - height / 2, width, height);
    }

    private List<Node> lines(ClusterView view) {
        List<Node> lines = new ArrayList<>();
        List<GroupView> groups = view.groups();
        boolean alone = !chosen.isEmpty() && groups.stream().anyMatch(group -> group.auctionId().equals(chosen));
        int tallMax = tight ? 1 : TALL_MAX;
        if (groups.size() > tallMax && alone) {
            groups = groups.stream().filter(group -> group.auctionId().equals(chosen)).toList();
        }
        for (GroupView group : groups.subList(0, Math.min(SHOWN_MAX, groups.size()))) {
            BoardLine told = board.stream().filter(each -> each.auctionId().equals(group.auctionId()) && !each.bids().isEmpty()).findFirst().orElse(null);
            String price = told == null ? "" : told.highBid() + (tight ? "\n" : " · ") + told.bids();
            if (groups.size() <= tallMax) {
                lines.add(line(group.auctionId(), "auction"));
                lines.add(line(state(group), group.electing() ? "electing" : group.notice().isEmpty() ? "subtle" : "paused"));
                lines.add(line(price, "mono"));
            } else {
                lines.add(line(group.auctionId() + (group.electing() ? " elects" : price.isEmpty() ? "" : "  " + told.highBid()),
                    group.electing() ? "electing" : "auction-line"));
            }
        }
        if (groups.size() > SHOWN_MAX) {
            lines.add(line("and " + (groups.size() - SHOWN_MAX) + " more", "subtle"));
        }
        return lines;
    }

    private static String state(GroupView group) {
        return group.electing() ? "electing a new active" : group.notice().isEmpty() ? "running, 1 + " + (group.members().size() - 1) : group.notice();
    }

    private static Label line(String text, String styleClass) {
        Label label = new Label(text);
        label.getStyleClass().add(styleClass);
        label.setWrapText(true);
        label.setTextAlignment(javafx.scene.text.TextAlignment.CENTER);
        return label;
    }
}
