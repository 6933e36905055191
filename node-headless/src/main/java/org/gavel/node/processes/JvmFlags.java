package org.gavel.node.processes;

import java.util.List;

/** How a node's virtual machine is started. */
public final class JvmFlags {
    /** Many nodes on one machine: little memory, a quick start, only the quick compiler. About 50 MB a node. */
    public static final List<String> SMALL_FOOTPRINT = List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto",
        "-XX:-UsePerfData");

    /**
     * Speed: all compilers, and a heap of fixed size whose young part is large enough that what a bid leaves behind dies in it. The serial
     * collector, since the two cores of a small machine have better things to do than to collect in parallel.
     */
    public static final List<String> FULL_SPEED = List.of("-Xms256m", "-Xmx256m", "-Xmn128m", "-XX:+UseSerialGC", "-XX:-UsePerfData");

    private JvmFlags() { }
}
