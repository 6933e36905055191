package org.gavel.node.cli;

import org.gavel.protocol.identity.Uid;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a uid, decimal or hex behind 0x; zero names nobody and is refused. */
final class UidConverter implements ITypeConverter<Uid> {
    @Override
    public Uid convert(String text) {
        Uid uid;
        try {
            uid = Uid.parse(text);
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'" + text + "' is not a uid; write a number of 64 bits, decimal like 42 or hex like 0x2a");
        }
        if (uid.isNobody()) {
            throw new TypeConversionException("0 is not a uid: it means nobody; choose 1 or more");
        }
        return uid;
    }
}
