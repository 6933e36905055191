package org.gavel.node.demo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.gavel.protocol.identity.Uid;

/** Who plays: nodes with names that can be told apart, and uids that are mixed up as drawn ones would be. */
final class Cast {
    static final int NODES_MIN = 5;
    static final int NODES_MAX = 20;
    static final List<String> BIDDERS = List.of("mika", "tove", "juri");

    private static final String[] NAMES = ("alpha bravo charlie delta echo foxtrot golf hotel india juliett kilo lima mike november oscar papa quebec "
        + "romeo sierra tango").split(" ");
    private static final String[] UIDS = "55e2 83d9 b04f 2c71 e93a 71b6 c8d0 19af f25c 4a07 9d13 60be d7e4 36c8 ab91 0f6d e1b2 782f c35a 5d94".split(" ");
    private static final long MIX = 0x9E3779B97F4A7C15L;

    /** A node's part. */
    record Part(String name, Uid uid) { }

    private Cast() { }

    /**
     * So many parts, the highest uid first: it is the first to start, so that it need not take the lead from another INM right in the
     * middle of the show.
     */
    static List<Part> nodes(int count) {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long low = (i + 1) * MIX & 0xFFFFFFFFFFFFL;
            parts.add(new Part(NAMES[i], new Uid((long) HexFormat.fromHexDigits(UIDS[i]) << 48 | low)));
        }
        parts.sort(Comparator.comparing(Part::uid).reversed());
        return parts;
    }
}
