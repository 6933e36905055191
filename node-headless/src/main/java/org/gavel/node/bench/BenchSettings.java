package org.gavel.node.bench;

import java.util.List;

/**
 * What is measured.
 *
 * @param warmupMs  at the greatest depth, not counted
 * @param measureMs each depth
 * @param depths    bids under way at the same time
 * @param kills     of the active under load
 * @param hints     whether nodes verify at once when a peer's port is unreachable
 * @param jvmFlags  of the nodes
 */
record BenchSettings(long warmupMs, long measureMs, List<Integer> depths, int kills, boolean hints, List<String> jvmFlags) { }
