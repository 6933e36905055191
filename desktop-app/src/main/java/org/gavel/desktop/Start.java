package org.gavel.desktop;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;
import javafx.scene.image.Image;
import javafx.stage.Stage;
import org.gavel.desktop.feed.ClusterFeed;
import org.gavel.desktop.feed.DemoShow;
import org.gavel.desktop.feed.FeedSettings;
import org.gavel.desktop.feed.LiveFeed;
import org.gavel.desktop.preferences.Preferences;
import org.gavel.desktop.preferences.PreferencesFile;
import org.gavel.desktop.preferences.PreferencesStore;
import org.gavel.desktop.replay.ReplayFeed;
import org.gavel.desktop.shell.FeedSource;
import org.gavel.desktop.shell.LiveFeedSource;
import org.gavel.desktop.shell.MainWindow;
import org.gavel.desktop.snapshot.Picture;
import org.gavel.desktop.snapshot.PngFile;
import org.gavel.node.cli.IdentityFile;
import org.gavel.node.processes.OwnProgram;

/** From options to a window, or to a picture. */
final class Start {
    private static final int DONE = 0;
    private static final int FAILED = 1;

    private final DesktopOptions options;
    private final PreferencesStore store;
    private final FeedSettings settings;
    private final FeedSource source;

    private Start(DesktopOptions options, Map<String, String> environment) {
        this.options = options;
        String osName = System.getProperty("os.name");
        String home = System.getProperty("user.home");
        IdentityFile identities = IdentityFile.ofPerson(environment, osName, home);
        source = new LiveFeedSource(OwnProgram.current(), identities::uidOf);
        PreferencesStore file = new PreferencesFile(IdentityFile.directory(environment, osName, home).resolve(PreferencesFile.NAME),
            Preferences.defaults(System.getProperty("user.name", "bidder")), System.err::println);
        Preferences kept = file.load();
        Preferences preferences = options.dark() == null ? kept : kept.withDark(options.dark());
        // A picture, or a theme for once, is no wish for all days to come.
        store = options.snapshot == null && options.dark() == null ? file : PreferencesStore.inMemory(preferences);
        String name = options.as() == null ? preferences.name() : options.as();
        settings = new FeedSettings(options.cluster(), options.port() == null ? preferences.port() : options.port(),
            options.bind == null ? preferences.bind() : options.bind, options.peers(), identities.uidOf(name), name);
    }

    static void window(DesktopOptions options, Map<String, String> environment) {
        Start start = new Start(options, environment);
        ClusterFeed feed = start.feed();
        Platform.startup(() -> start.open(feed).show());
    }

    static void snapshot(DesktopOptions options, Map<String, String> environment) {
        Start start = new Start(options, environment);
        ClusterFeed feed = start.feed();
        CompletableFuture<Image> picture = new CompletableFuture<>();
        Platform.setImplicitExit(false);
        Platform.startup(() -> start.draw(feed, picture));
        int code = DONE;
        try {
            if (options.demo && feed instanceof LiveFeed live) {
                DemoShow.start(live.settings());
            }
            PngFile.write(picture.join(), options.snapshot);
        } catch (IOException e) {
            System.err.println(options.snapshot + " cannot be written (" + e.getMessage() + ")");
            code = FAILED;
        }
        feed.close();
        // Everything of ours is closed. A toolkit that draws into memory complains when it is ended the usual way.
        System.out.flush();
        Runtime.getRuntime().halt(code);
    }

    private void draw(ClusterFeed feed, CompletableFuture<Image> picture) {
        long openedNs = System.nanoTime();
        Stage stage = new Stage();
        MainWindow window = new MainWindow(stage, feed, settings, source, store, options.readOnly);
        window.open(options.screen);
        stage.setWidth(options.size.width());
        stage.setHeight(options.size.height());
        stage.show();
        Picture ready = new Picture(options.demo, options.screen);
        window.view().addListener((property, before, now) -> {
            if (!picture.isDone() && ready.isReady(now, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - openedNs))) {
                window.scene().getRoot().applyCss();
                window.scene().getRoot().layout();
                picture.complete(window.scene().snapshot(null));
            }
        });
    }

    private ClusterFeed feed() {
        if (options.replay != null) {
            return ReplayFeed.open(options.replay);
        }
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
