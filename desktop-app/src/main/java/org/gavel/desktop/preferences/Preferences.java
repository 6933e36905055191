package org.gavel.desktop.preferences;

/**
 * The person's settings, kept as JSON in the user's configuration folder.
 *
 * @param dark          dark theme, else light
 * @param fontPx        12 to 18
 * @param reducedMotion no animation; states jump
 * @param bind          network card: loopback, lan, a card's name or an address
 * @param port          discovery port
 * @param name          the bidder's name
 * @param sound         a sound with notifications
 */
public record Preferences(boolean dark, int fontPx, boolean reducedMotion, String bind, int port, String name, boolean sound) {
    public static final int FONT_PX_MIN = 12;
    public static final int FONT_PX_MAX = 18;
    public static final int FONT_PX = 14;
    public static final int PORT = 45_454;

    /** What a first start begins with. */
    public static Preferences defaults(String userName) {
        return new Preferences(false, FONT_PX, false, "loopback", PORT, userName, false);
    }

    public Preferences withDark(boolean isDark) {
        return new Preferences(isDark, fontPx, reducedMotion, bind, port, name, sound);
    }

    public Preferences withFontPx(int px) {
        return new Preferences(dark, Math.max(FONT_PX_MIN, Math.min(FONT_PX_MAX, px)), reducedMotion, bind, port, name, sound);
    }

    public Preferences withReducedMotion(boolean reduced) {
        return new Preferences(dark, fontPx, reduced, bind, port, name, sound);
    }

    public Preferences withNetwork(String newBind, int newPort) {
        return new Preferences(dark, fontPx, reducedMotion, newBind, newPort, name, sound);
    }

    public Preferences withName(String newName) {
        return new Preferences(dark, fontPx, reducedMotion, bind, port, newName, sound);
    }

    public Preferences withSound(boolean heard) {
        return new Preferences(dark, fontPx, reducedMotion, bind, port, name, heard);
    }
}
