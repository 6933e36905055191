package org.gavel.desktop.testing;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.gavel.desktop.feed.ClusterFeed;
import org.gavel.desktop.feed.FeedSettings;
import org.gavel.desktop.preferences.Preferences;
import org.gavel.desktop.preferences.PreferencesStore;
import org.gavel.desktop.shell.FeedSource;
import org.gavel.desktop.shell.MainWindow;
import org.gavel.protocol.identity.Uid;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** A window on a feed of the test's choice, with reduced motion. Opened and closed by the test. */
public final class TestWindow implements AutoCloseable {
    private static final long WAIT_S = 60;
    private static final FeedSettings SETTINGS = new FeedSettings("test", 45_454, "loopback", List.of(), new Uid(7), "mika");

    private final MainWindow window;
    private final Stage stage;

    private TestWindow(Stage stage, MainWindow window) {
        this.stage = stage;
        this.window = window;
    }

    public static TestWindow open(ClusterFeed feed) {
        return open(feed, preferences(), false);
    }

    public static Preferences preferences() {
        return Preferences.defaults("mika").withReducedMotion(true);
    }

    public static TestWindow open(ClusterFeed feed, Preferences preferences, boolean readOnly) {
        return open(feed, SETTINGS, sameFeed(feed), preferences, readOnly);
    }

    public static TestWindow open(ClusterFeed feed, Preferences preferences, int width, int height) {
        return open(feed, SETTINGS, sameFeed(feed), preferences, false, width, height);
    }

    public static TestWindow open(ClusterFeed feed, FeedSettings settings, FeedSource source, Preferences preferences, boolean readOnly) {
        return open(feed, settings, source, preferences, readOnly, 1_200, 780);
    }

    /** Of this size from the start: Monocle does not like a window that changes its size while it draws. */
    public static TestWindow open(ClusterFeed feed, FeedSettings settings, FeedSource source, Preferences preferences, boolean readOnly, int width, int height) {
        try {
            FxToolkit.registerPrimaryStage();
        } catch (TimeoutException e) {
            throw new IllegalStateException("no toolkit", e);
        }
        return call(() -> {
            Stage stage = new Stage();
            MainWindow window = new MainWindow(stage, feed, settings, source, PreferencesStore.inMemory(preferences), readOnly);
            stage.setWidth(width);
            stage.setHeight(height);
            stage.show();
            return new TestWindow(stage, window);
        });
    }

    /** A source that gives this feed, whatever is asked for. */
    public static FeedSource sameFeed(ClusterFeed feed) {
        return new FeedSource() {
            @Override
            public Uid uidOf(String name) {
                return new Uid(7);
            }

            @Override
            public ClusterFeed live(FeedSettings settings) {
                return feed;
            }

            @Override
            public ClusterFeed demo(FeedSettings settings) {
                return feed;
            }
        };
    }

    public MainWindow window() {
        return window;
    }

    public Stage stage() {
        return stage;
    }

    /** Runs on the FX thread and waits. */
    public static <T> T call(Callable<T> work) {
        return WaitForAsyncUtils.waitFor(WaitForAsyncUtils.asyncFx(work));
    }

    /** Runs on the FX thread and waits. */
    public static void run(Runnable work) {
        call(() -> {
            work.run();
            return null;
        });
    }

    /** Waits until it holds, asked on the FX thread. */
    public static void await(String what, Callable<Boolean> condition) {
        try {
            WaitForAsyncUtils.waitFor(WAIT_S, TimeUnit.SECONDS, () -> call(condition));
        } catch (TimeoutException e) {
            throw new AssertionError("not within " + WAIT_S + " s: " + what, e);
        }
    }

    /** The node with this id, wherever in the window. */
    public <T extends javafx.scene.Node> T find(String id, Class<T> type) {
        javafx.scene.Node found = call(() -> window.scene().lookup("#" + id));
        if (found == null) {
            throw new AssertionError("there is no #" + id + " in the window");
        }
        return type.cast(found);
    }

    @Override
    public void close() {
        Platform.setImplicitExit(false);
        run(() -> {
            stage.close();
            window.close();
        });
    }
}
