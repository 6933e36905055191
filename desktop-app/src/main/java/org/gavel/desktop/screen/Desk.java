package org.gavel.desktop.screen;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.stage.Window;
import org.gavel.desktop.feed.ClusterFeed;
import org.gavel.desktop.feed.FeedSettings;
import org.gavel.desktop.model.ClusterView;
import org.gavel.desktop.preferences.Preferences;
import org.gavel.node.client.AuctionHouse;
import org.gavel.protocol.identity.Uid;

/** What a screen may ask of the window. Called on the FX thread only. */
public interface Desk {
    /** The present feed; another one may take its place at any time (a {@link Tick#reset} tells). */
    ClusterFeed feed();

    /** The bidding side of the present feed. */
    default AuctionHouse house() {
        return feed().house();
    }

    /**
     * Runs tasks on the FX thread with the next tick: the way back for futures ({@code future.whenCompleteAsync(..., desk.ui())}), so that
     * nobody calls {@code Platform.runLater}.
     */
    Executor ui();

    /** The newest picture. */
    ReadOnlyObjectProperty<ClusterView> view();

    /** The node that the inspector shows; NOBODY for none. Shared by all screens. */
    ObjectProperty<Uid> selectedNode();

    /** All auctions in a few words; told by the Auctions screen, which alone adds them up. */
    ObjectProperty<List<BoardLine>> board();

    /** The auction that the person looks at; empty for none. Shared by all screens. */
    ObjectProperty<String> selectedAuction();

    /** Opens the form for a new auction. */
    void newAuction();

    /** The person's settings; setting them applies and keeps them. */
    ObjectProperty<Preferences> preferences();

    /** Nothing may be changed from here: no bids, no starts, no faults. */
    boolean readOnly();

    /** Where to look when the feed is live. */
    FeedSettings settings();

    /** The lasting identity of a bidder of this name on this machine. */
    Uid uidOf(String name);

    /** Looks elsewhere, live: another port, cluster, card or name. */
    void connect(FeedSettings settings);

    /** Starts nodes on this machine, in a cluster of their own, and looks at it. */
    void startDemo();

    /** Looks at a cluster simulated inside this window. */
    void startSimulation();

    /**
     * Puts another feed in place of the present one, which is closed.
     *
     * @param opening opens it, on another thread than the FX thread; a failure is told as a notice and changes nothing
     */
    void show(Supplier<ClusterFeed> opening);

    void open(ScreenId screen);

    void notify(Notice notice);

    /** Owner of dialogs and file choosers. */
    Window window();
}
