/**
 * The durable log: its place. Purpose: whatever a node promised or acknowledged must outlive its process. The store of this version is in
 * memory and lives beside the contract, in {@code org.gavel.protocol.host} ({@code MemoryStore}), because both hosts use it; so a node that
 * restarts comes back as a newcomer with a new log id, never as its old self.
 * <p>Source: protocol.md sections 7 and 8. What a durable store must keep, per group: promised epoch together with the log id (one record,
 * replaced whole), entries as their exact bytes, the latest snapshot; per node: facts, such as 'closed to this auction id'.
 * <p>Invariants for it: completions come on the host's thread, in the order of the calls, never within a call, and only once the bytes would
 * survive a power cut; a write replaces entries at its first index and behind; after a restart it returns a prefix of the
 * writes, and at least those that had completed; of the write after these some entries, and one in part, which its checksum shows. Writes of one pass share one fsync, on a thread of the store's own.
 * <p>Tested, as far as the contract goes, in {@code MemoryStoreTest}, {@code SimulatedStoreTest} (a torn write) and {@code SimulatedNetworkTest} (restart with disk).
 */
package org.gavel.node.store;
