package org.gavel.node.client;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write and read them; the terminal and the window share these. */
public final class Durations {
    /** 30 days: more is a slip of the finger. */
    public static final long DURATION_MS_MAX = 30L * 24 * 3_600_000;
    private static final Pattern FORM = Pattern.compile("(\\d{1,12})(ms|s|m|h)");

    private Durations() { }

    /**
     * Reads {@code 500ms}, {@code 60s}, {@code 2m}, {@code 1h}.
     *
     * @param leastMs 1, or 0 where no time at all means off
     * @return ms
     * @throws IllegalArgumentException with a sentence that names the mistake and the way out
     */
    public static long parse(String text, long leastMs) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a duration; write it like 500ms, 60s, 2m or 1h");
        }
        long unitMs = switch (matcher.group(2)) {
            case "ms" -> 1;
            case "s" -> 1_000;
            case "m" -> 60_000;
            default -> 3_600_000;
        };
        long ms = Long.parseLong(matcher.group(1)) * unitMs;
        if (ms < leastMs) {
            throw new IllegalArgumentException("'" + text + "' is no time at all; give at least 1ms");
        }
        if (ms > DURATION_MS_MAX) {
            throw new IllegalArgumentException("'" + text + "' is longer than 30 days");
        }
        return ms;
    }

    /** {@code 90000} as {@code 1:30}, {@code 3600000} as {@code 1:00:00}. */
    public static String clock(long ms) {
        long seconds = Math.max(0, ms) / 1_000;
        long hours = seconds / 3_600;
        String minutes = String.format(hours > 0 ? "%02d:%02d" : "%d:%02d", seconds / 60 % 60, seconds % 60);
        return hours > 0 ? hours + ":" + minutes : minutes;
    }
}
