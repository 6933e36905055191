package org.gavel.node.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a duration as people write it, {@code 500ms}, {@code 60s}, {@code 2m}, {@code 1h}, as ms. */
class DurationConverter implements ITypeConverter<Long> {
    /** The same where no time at all means off. */
    static final class OrZero extends DurationConverter {
        OrZero() {
            super(0);
        }
    }

    /** 30 days: more is a slip of the finger. */
    static final long DURATION_MS_MAX = 30L * 24 * 3_600_000;
    private static final Pattern FORM = Pattern.compile("(\\d{1,12})(ms|s|m|h)");

    private final long leastMs;

    DurationConverter() {
        this(1);
    }

    private DurationConverter(long leastMs) {
        this.leastMs = leastMs;
    }

    @Override
    public Long convert(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new TypeConversionException("'" + text + "' is not a duration; write it like 500ms, 60s, 2m or 1h");
        }
        long unitMs = switch (matcher.group(2)) {
            case "ms" -> 1;
            case "s" -> 1_000;
            case "m" -> 60_000;
            default -> 3_600_000;
        };
        long ms = Long.parseLong(matcher.group(1)) * unitMs;
        if (ms < leastMs) {
            throw new TypeConversionException("'" + text + "' is no time at all; give at least 1ms");
        }
        if (ms > DURATION_MS_MAX) {
            throw new TypeConversionException("'" + text + "' is longer than 30 days");
        }
        return ms;
    }

    /** {@code 90000} as {@code 1:30}, {@code 3600000} as {@code 1:00:00}. */
    static String clock(long ms) {
        long seconds = Math.max(0, ms) / 1_000;
        long hours = seconds / 3_600;
        String minutes = String.format(hours > 0 ? "%02d:%02d" : "%d:%02d", seconds / 60 % 60, seconds % 60);
        return hours > 0 ? hours + ":" + minutes : minutes;
    }
}
