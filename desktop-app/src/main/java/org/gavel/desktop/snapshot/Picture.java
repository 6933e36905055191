package org.gavel.desktop.snapshot;

import org.gavel.desktop.model.ClusterView;
import org.gavel.desktop.model.GroupView;
import org.gavel.desktop.screen.ScreenId;

/** When there is enough on the screen for a picture of it. Knows no control. */
public final class Picture {
    /** Without a cluster, the empty window is the picture. */
    public static final long SILENCE_MS = 4_000;
    /** A cluster that is heard has so long to settle. */
    public static final long SETTLE_MS = 60_000;
    /** What has settled is looked at for so long, so that heartbeats have something to show, and auctions are heard themselves. */
    public static final long LOOK_MS = 6_000;
    /** The Timeline tells what happens while it is looked at. */
    public static final long LOOK_AT_EVENTS_MS = 10_000;
    /** Charts show the last minute. */
    public static final long LOOK_AT_CHARTS_MS = 45_000;
    /** Of a show of our own: bids that the picture waits for, and how long. */
    public static final long BIDS = 8;
    public static final long SHOW_MS = 120_000;

    private final boolean show;
    private final long lookMs;
    private long settledMs = -1;

    /**
     * @param show   a demo runs, whose auction belongs into the picture
     * @param screen what is drawn
     */
    public Picture(boolean show, ScreenId screen) {
        this.show = show;
        this.lookMs = screen == ScreenId.CHARTS ? LOOK_AT_CHARTS_MS : screen == ScreenId.TIMELINE ? LOOK_AT_EVENTS_MS : LOOK_MS;
    }

    /** @param elapsedMs since the window was opened */
    public boolean isReady(ClusterView view, long elapsedMs) {
        if (elapsedMs > (show ? SHOW_MS : SETTLE_MS) || !show && view.nodes().isEmpty() && elapsedMs > SILENCE_MS) {
            return true;
        }
        boolean settled = isSettled(view) && (!show || view.groups().stream().mapToLong(GroupView::bids).sum() >= BIDS);
        settledMs = !settled ? -1 : settledMs < 0 ? elapsedMs : settledMs;
        return settledMs >= 0 && elapsedMs - settledMs >= lookMs;
    }

    private static boolean isSettled(ClusterView view) {
        return view.connection() == ClusterView.Connection.HEARD && view.leaders().agreed() && view.market().list() != null
            && view.nodes().stream().noneMatch(node -> node.health().isLiving() && !"member".equals(node.status().phase()));
    }
}
