package org.gavel.node.cli;

import org.gavel.node.client.Durations;
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

    private final long leastMs;

    DurationConverter() {
        this(1);
    }

    private DurationConverter(long leastMs) {
        this.leastMs = leastMs;
    }

    @Override
    public Long convert(String text) {
        try {
            return Durations.parse(text, leastMs);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
