package org.gavel.desktop.shell;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import javafx.application.Platform;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.geometry.Pos;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.gavel.desktop.feed.ClusterFeed;
import org.gavel.desktop.feed.FeedSettings;
import org.gavel.desktop.help.HelpSheet;
import org.gavel.desktop.model.ClusterView;
import org.gavel.desktop.preferences.Preferences;
import org.gavel.desktop.preferences.PreferencesStore;
import org.gavel.desktop.screen.BoardLine;
import org.gavel.desktop.screen.Desk;
import org.gavel.desktop.screen.Ids;
import org.gavel.desktop.screen.Notice;
import org.gavel.desktop.screen.Screen;
import org.gavel.desktop.screen.ScreenId;
import org.gavel.desktop.screen.Tick;
import org.gavel.protocol.identity.Uid;

/** The window: rail, bars, and the screens of which one is in front. Lives on the FX thread. */
public final class MainWindow implements Desk, Keys.Window {
    private final Stage stage;
    private final FeedSource source;
    private final PreferencesStore store;
    private final boolean readOnly;
    private final Pump pump = new Pump(Platform::runLater, this::onTick, this::onPumpFailure);
    private final ReadOnlyObjectWrapper<ClusterView> view = new ReadOnlyObjectWrapper<>(ClusterView.EMPTY);
    private final ObjectProperty<Uid> selectedNode = new SimpleObjectProperty<>(Uid.NOBODY);
    private final ObjectProperty<List<BoardLine>> board = new SimpleObjectProperty<>(List.of());
    private final ObjectProperty<String> selectedAuction = new SimpleObjectProperty<>("");
    private final ObjectProperty<Preferences> preferences;
    private final Map<ScreenId, Screen> screens = new EnumMap<>(ScreenId.class);
    private final Map<ScreenId, Parent> roots = new EnumMap<>(ScreenId.class);
    private final StackPane area = new StackPane();
    private final BannerBar banners = new BannerBar();
    private final SimulationBar simulationBar = new SimulationBar(this);
    private final ReplayBar replayBar = new ReplayBar();
    private final BottomBar bottomBar = new BottomBar();
    private final Rail rail = new Rail(this::open);
    private final Toasts toasts = new Toasts();
    private final TopBar topBar;
    private final Scene scene;
    private Screen front;
    private ClusterFeed feed;
    private FeedSettings settings;
    private boolean begun;
    private boolean closed;

    /**
     * @param stage    not yet shown
     * @param feed     what is looked at first
     * @param settings where to look when live
     */
    public MainWindow(Stage stage, ClusterFeed feed, FeedSettings settings, FeedSource source, PreferencesStore store, boolean readOnly) {
        this.stage = stage;
        this.feed = feed;
        this.settings = settings;
        this.source = source;
        this.store = store;
        this.readOnly = readOnly;
        preferences = new SimpleObjectProperty<>(store.load());
        topBar = new TopBar(this, this::startNode, this::help);
        area.setId(Ids.SCREEN_AREA);
        StackPane.setAlignment(toasts, Pos.BOTTOM_LEFT);
        BorderPane inner = new BorderPane(new StackPane(area, toasts), new VBox(topBar, simulationBar, replayBar, banners), null, bottomBar, null);
        BorderPane root = new BorderPane(inner, null, null, null, rail);
        root.getStyleClass().add("gavel");
        scene = new Scene(root, 1_440, 900);
        Screens.create().forEach(this::add);
        preferences.addListener((property, before, now) -> onPreferences(now));
        Theme.apply(scene, preferences.get(), sheets());
        Keys.install(scene, this);
        stage.setTitle("Gavel");
        stage.setMinWidth(800);
        stage.setMinHeight(560);
        stage.setScene(scene);
        open(ScreenId.CLUSTER);
        topBar.show(feed, view.get());
        bottomBar.show(view.get());
        pump.feed(feed);
        pump.start();
        FirstFrame.of(stage, () -> {
            begun = true;
            onThread(this.feed::begin);
        });
    }

    private void add(Screen screen) {
        Parent root = screen.build(this);
        root.setId(Ids.screen(screen.id()));
        screens.put(screen.id(), screen);
        roots.put(screen.id(), root);
    }

    private List<String> sheets() {
        List<String> sheets = new ArrayList<>();
        screens.values().forEach(screen -> sheets.addAll(screen.stylesheets()));
        return sheets;
    }

    public Scene scene() {
        return scene;
    }

    /** Ends pump, screens, feed and the processes that it started; waits for them. */
    public void close() {
        if (!closed) {
            closed = true;
            pump.close();
            screens.values().forEach(Screen::close);
            feed.close();
        }
    }

    // ---------------------------------------------------------------- what the pump brings

    private void onTick(Tick tick) {
        if (closed) {
            return;
        }
        if (tick.reset()) {
            selectedNode.set(Uid.NOBODY);
            selectedAuction.set("");
        }
        view.set(tick.view());
        topBar.show(feed, tick.view());
        banners.show(tick.view().banners());
        simulationBar.show(feed, tick.view());
        replayBar.show(feed);
        bottomBar.show(tick.view());
        screens.values().forEach(screen -> screen.onTick(tick));
    }

    private void onPumpFailure(Throwable failure) {
        notify(Notice.warning("The window stands still", "Something unexpected went wrong (" + failure + "); please report it, and start the window again."));
    }

    private void onPreferences(Preferences now) {
        store.save(now);
        Theme.apply(scene, now, sheets());
    }

    // ---------------------------------------------------------------- the desk

    @Override
    public ClusterFeed feed() {
        return feed;
    }

    @Override
    public Executor ui() {
        return pump;
    }

    @Override
    public ReadOnlyObjectProperty<ClusterView> view() {
        return view.getReadOnlyProperty();
    }

    @Override
    public ObjectProperty<Uid> selectedNode() {
        return selectedNode;
    }

    @Override
    public ObjectProperty<List<BoardLine>> board() {
        return board;
    }

    @Override
    public ObjectProperty<String> selectedAuction() {
        return selectedAuction;
    }

    @Override
    public void newAuction() {
        open(ScreenId.AUCTIONS);
        screens.get(ScreenId.AUCTIONS).begin();
    }

    @Override
    public ObjectProperty<Preferences> preferences() {
        return preferences;
    }

    @Override
    public boolean readOnly() {
        return readOnly;
    }

    @Override
    public FeedSettings settings() {
        return settings;
    }

    @Override
    public Uid uidOf(String name) {
        return source.uidOf(name);
    }

    @Override
    public void connect(FeedSettings newSettings) {
        settings = newSettings;
        show(() -> source.live(newSettings));
    }

    @Override
    public void startDemo() {
        FeedSettings here = settings;
        show(() -> source.demo(here));
    }

    @Override
    public void startSimulation() {
        FeedSettings here = settings;
        show(() -> source.simulation(here));
    }

    @Override
    public void show(Supplier<ClusterFeed> opening) {
        CompletableFuture.supplyAsync(opening, this::onThread).whenCompleteAsync((opened, failure) -> {
            if (failure != null) {
                notify(Notice.warning("That could not be opened", sentence(failure)));
            } else {
                replace(opened);
            }
        }, pump);
    }

    private void replace(ClusterFeed opened) {
        ClusterFeed before = feed;
        onThread(before::close);
        if (closed) {
            onThread(opened::close);
            return;
        }
        feed = opened;
        pump.feed(opened);
        if (begun) {
            onThread(opened::begin);
        }
    }

    /** Opening and closing may wait for processes and sockets: never on the FX thread. */
    private void onThread(Runnable work) {
        Thread thread = new Thread(work, "feed-change");
        thread.start();
    }

    private static String sentence(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return Optional.ofNullable(cause.getMessage()).orElse(cause.toString());
    }

    @Override
    public void open(ScreenId id) {
        rail.select(id);
        Screen next = screens.get(id);
        if (next == front) {
            return;
        }
        if (front != null) {
            front.hidden();
        }
        front = next;
        area.getChildren().setAll(roots.get(id));
        next.shown();
    }

    @Override
    public void notify(Notice notice) {
        if (preferences.get().sound()) {
            Chime.play();
        }
        toasts.show(notice);
    }

    @Override
    public Window window() {
        return stage;
    }

    @Override
    public Screen front() {
        return front;
    }

    @Override
    public void help() {
        HelpSheet.show(this);
    }

    private void startNode() {
        feed.nodes().startNode().whenCompleteAsync((uid, failure) -> {
            if (failure != null) {
                notify(Notice.warning("No node was started", sentence(failure)));
            } else {
                notify(Notice.of("Node started", uid.shortForm() + " looks for the ring"));
            }
        }, pump);
    }
}
