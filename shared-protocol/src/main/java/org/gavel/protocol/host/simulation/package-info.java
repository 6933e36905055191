/**
 * A LAN in one thread. Purpose: the same node and client classes run here on a virtual clock, so a day of cluster time passes in seconds and a
 * failure replays from its seed.
 * <p>Source: TigerBeetle's simulator and FoundationDB's (pause, clog, swizzle), DSLabs for steps.
 * <p>States: a {@link org.gavel.protocol.host.simulation.SimulatedHost} is one start of a process: alive, paused, isolated, ended. A restart is
 * another object at the same place of the network, with or without its address and its disk.
 * <p>Invariants: two runs of one program from one seed are equal in every event
 * ({@link org.gavel.protocol.host.simulation.SimulatedNetwork#traceHash}); a host that ended runs nothing more, its present callback included;
 * without reordering, datagrams between two hosts arrive in order;
 * of the write under way a crash leaves as much as a torn one does, of all that was completed everything.
 * <p>Limits: {@code STEPS_AT_ONE_INSTANT_MAX} steps without the clock moving; {@code SOCKET_BUFFER_BYTES_MAX} for a paused host.
 * <p>Tested in {@code SimulatedNetworkTest}, {@code SimulatedStoreTest}.
 */
package org.gavel.protocol.host.simulation;
