package org.gavel.desktop.cluster;

import javafx.scene.control.Label;
import org.gavel.desktop.model.TokenView;

/** A token: the uid that it carries, and a cross where it was swallowed. */
final class TokenFigure extends Label {
    private final String uid;
    private RingLayout layout;
    private double fromAngle;
    private double wayAngle;
    private double radius;
    private double progress;
    private double perNs;
    private long tickNs;
    private TokenView.Fate fate;

    TokenFigure(String uid) {
        super(uid);
        this.uid = uid;
        getStyleClass().addAll("token", "passed");
    }

    /** From the edge of one node's figure to the edge of the other's. */
    void route(RingLayout newLayout, int from, int to) {
        layout = newLayout;
        double steps = Math.max(1, layout.clockwise(from, to));
        double margin = layout.halfAngle() * 1.15;
        fromAngle = layout.angle(from) + margin;
        wayAngle = Math.max(0, 2 * Math.PI * steps / layout.count() - 2 * margin);
        // Over other nodes' heads it goes on the inside, where it hides no name.
        radius = steps > 1 ? Math.max(0, layout.radius() - layout.labelGap() - getHeight() / 2) : layout.radius();
    }

    void tick(TokenView.Fate newFate, double newProgress, boolean still, long nowNs) {
        if (tickNs != 0 && nowNs > tickNs && newProgress > progress) {
            perNs = (newProgress - progress) / (nowNs - tickNs);
        }
        progress = newProgress;
        tickNs = nowNs;
        boolean arrived = still || progress >= 1;
        if (newFate != fate && (arrived || newFate == TokenView.Fate.PASSED)) {
            fate = newFate;
            setText(fate == TokenView.Fate.SWALLOWED ? uid + " ×" : uid);
            getStyleClass().setAll("label", "token", fate.name().toLowerCase(java.util.Locale.ROOT));
        }
        autosize();
        move(nowNs);
    }

    void move(long nowNs) {
        double at = Math.min(1, progress + perNs * Math.max(0, nowNs - tickNs));
        double angle = fromAngle + wayAngle * (progress >= 1 ? 1 : at);
        relocate(layout.x(angle, radius) - getWidth() / 2, layout.y(angle, radius) - getHeight() / 2);
    }
}
