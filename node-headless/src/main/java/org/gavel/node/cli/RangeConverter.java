package org.gavel.node.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 7} or {@code 1..2000}. */
final class RangeConverter implements ITypeConverter<RangeConverter.Range> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,15})(?:\\.\\.(\\d{1,15}))?");

    /** Both ends included. */
    record Range(long first, long last) { }

    @Override
    public Range convert(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new TypeConversionException("'" + text + "' is neither a number nor a range; write it like 7 or 1..2000");
        }
        long first = Long.parseLong(matcher.group(1));
        long last = matcher.group(2) == null ? first : Long.parseLong(matcher.group(2));
        if (last < first) {
            throw new TypeConversionException("'" + text + "' ends before it begins; write the smaller number first");
        }
        return new Range(first, last);
    }
}
