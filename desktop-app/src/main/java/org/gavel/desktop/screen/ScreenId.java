package org.gavel.desktop.screen;

import java.util.Locale;

/** The screens, in the order of the left rail; Ctrl+1 to Ctrl+5 open them. */
public enum ScreenId {
    CLUSTER("Cluster"), AUCTIONS("Auctions"), TIMELINE("Timeline"), CHARTS("Charts"), PREFERENCES("Preferences");

    private final String title;

    ScreenId(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }

    /** As {@code --screen} names it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
