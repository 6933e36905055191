package org.gavel.desktop.feed;

import java.util.HexFormat;
import java.util.List;
import org.gavel.protocol.identity.Uid;

/** Seven nodes on this machine: an INM, an auction's four, and two to spare. */
public final class DemoCluster {
    public static final String CLUSTER = "demo";
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private record Part(String name, String firstDigits) { }

    /** The highest uid first: it is the first to start, so that it need not take the lead from another INM in the middle of the show. */
    private static final List<Part> PARTS = List.of(new Part("birch", "f25c"), new Part("ember", "e93a"), new Part("amber", "c8d0"),
        new Part("fjord", "b04f"), new Part("cedar", "83d9"), new Part("delta", "55e2"), new Part("haven", "2c71"));

    private DemoCluster() { }

    /** Starts nothing yet: what seven processes take of two cores, the window would have to wait for. */
    public static void plan(LocalNodes nodes) {
        long number = 0;
        for (Part part : PARTS) {
            long low = ++number * MIX & 0xFFFFFFFFFFFFL;
            nodes.plan(new Uid((long) HexFormat.fromHexDigits(part.firstDigits()) << 48 | low), part.name());
        }
    }
}
