package org.gavel.desktop;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.gavel.desktop.feed.ClusterFeed;
import org.gavel.desktop.feed.FeedSettings;
import org.gavel.desktop.preferences.Preferences;
import org.gavel.desktop.preferences.PreferencesStore;
import org.gavel.desktop.shell.FeedSource;
import org.gavel.desktop.shell.LiveFeedSource;
import org.gavel.desktop.shell.MainWindow;
import org.gavel.desktop.snapshot.PngFile;
import org.gavel.node.cli.IdentityFile;
import org.gavel.node.processes.OwnProgram;

/** From options to a window, or to a picture. */
final class Start {
    /** A demo needs so long to found its ring and to have something to show. */
    private static final long PICTURE_AFTER_MS = 12_000;

    private final DesktopOptions options;
    private final PreferencesStore store;
    private final FeedSettings settings;
    private final FeedSource source = new LiveFeedSource(OwnProgram.current());

    private Start(DesktopOptions options, Map<String, String> environment) {
        this.options = options;
        String user = System.getProperty("user.name", "bidder");
        Preferences kept = Preferences.defaults(user);
        Preferences preferences = options.dark() == null ? kept : kept.withDark(options.dark());
        this.store = PreferencesStore.inMemory(preferences);
        String name = options.as() == null ? preferences.name() : options.as();
        settings = new FeedSettings(options.cluster(), options.port() == null ? preferences.port() : options.port(),
            options.bind == null ? preferences.bind() : options.bind, options.peers(),
            IdentityFile.ofPerson(environment, System.getProperty("os.name"), System.getProperty("user.home")).uidOf(name), name);
    }

    static void window(DesktopOptions options, Map<String, String> environment) {
        Start start = new Start(options, environment);
        ClusterFeed feed = start.feed();
        Platform.startup(() -> start.open(feed).show());
    }

    static void snapshot(DesktopOptions options, Map<String, String> environment) {
        Start start = new Start(options, environment);
        ClusterFeed feed = start.feed();
        CountDownLatch done = new CountDownLatch(1);
        int[] code = {0};
        Platform.startup(() -> {
            Stage stage = start.open(feed);
            stage.setWidth(options.size.width());
            stage.setHeight(options.size.height());
            stage.show();
            javafx.animation.PauseTransition wait = new javafx.animation.PauseTransition(javafx.util.Duration.millis(PICTURE_AFTER_MS));
            wait.setOnFinished(event -> {
                try {
                    PngFile.write(stage.getScene().snapshot(null), options.snapshot);
                } catch (IOException e) {
                    System.err.println(options.snapshot + " cannot be written (" + e.getMessage() + ")");
                    code[0] = 1;
                }
                stage.close();
                done.countDown();
            });
            wait.play();
        });
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        feed.close();
        System.exit(code[0]);
    }

    private ClusterFeed feed() {
        return options.demo ? source.demo(settings) : source.live(settings);
    }

    private Stage open(ClusterFeed feed) {
        Stage stage = new Stage();
        MainWindow window = new MainWindow(stage, feed, settings, source, store, options.readOnly);
        window.open(options.screen);
        stage.setOnHidden(event -> window.close());
        return stage;
    }
}
