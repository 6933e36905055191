package org.gavel.node.cli;

import org.gavel.protocol.auction.Money;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an amount of money, {@code 125} or {@code 125.50}, as cents. */
final class AmountConverter implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
        try {
            return Money.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
