package org.gavel.desktop.shell;

import java.util.List;
import java.util.function.Supplier;
import org.gavel.desktop.auctions.AuctionsScreen;
import org.gavel.desktop.charts.ChartsScreen;
import org.gavel.desktop.cluster.ClusterScreen;
import org.gavel.desktop.preferences.PreferencesScreen;
import org.gavel.desktop.screen.Screen;
import org.gavel.desktop.timeline.TimelineScreen;

/** The register of screens; a new one is added here and in {@code ScreenId}. */
final class Screens {
    private static final List<Supplier<Screen>> ALL = List.of(ClusterScreen::new, AuctionsScreen::new, TimelineScreen::new, ChartsScreen::new,
        PreferencesScreen::new);

    private Screens() { }

    static List<Screen> create() {
        return ALL.stream().map(Supplier::get).toList();
    }
}
