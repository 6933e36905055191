/**
 * The machine, as a protocol sees it. Purpose: every protocol is a plain single-threaded object; all that it knows of time, network, chance
 * and disk is {@link org.gavel.protocol.host.Host}. Two hosts exist: {@code host.udp} for real, {@code host.simulation} from a seed.
 * <p>Source: architecture.md, 'a protocol knows no machine'; after etcd-io/raft, quinn-proto, TigerBeetle, DSLabs.
 * <p>Messages: none. A pass of the event loop: datagrams that had arrived, timers that were due, then (in ranks, see
 * {@link org.gavel.protocol.host.PassTasks}) completions of the store, end-of-pass tasks, flushes.
 * <p>Invariants: one thread; no callback within a call; completions of a store come in the order of its calls, in a later step than the call;
 * what a store had completed is what a restart with its disk finds.
 * <p>Limits: stated by the two hosts. The memory store keeps what replication does not drop or cover by a snapshot.
 * <p>Tested in {@code TimersTest}, {@code DeadlineHeapTest}, {@code MemoryStoreTest}.
 */
package org.gavel.protocol.host;
