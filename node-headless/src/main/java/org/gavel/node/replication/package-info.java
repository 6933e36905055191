/**
 * The replicated group: a leader, a configuration of acceptors, a log. Purpose: nothing that a client was told is lost by a crash; used by the ring's group
 * (all members are acceptors) and by every auction's group (three acceptors, the leader often none of them).
 * <p>Source: protocol.md sections 7 to 9; Lamport, The Part-Time Parliament (1998), the synod of section 2; Oki and Liskov, Viewstamped Replication (1988); the
 * empty entry and the newest-last-entry rule as in Ongaro and Ousterhout, In Search of an Understandable Consensus Algorithm (2014), sections 5.4.1 and 5.4.2.
 * <p>Messages: Prepare, Promise, PromiseRefused, Fetch, Fetched (a take-over); Append, Held, Mismatch, SnapshotPiece, Fenced (a leader at work).
 * <p>States: {@link org.gavel.node.replication.GroupStatus.Role}; all changes in {@code GroupRoles}' {@code becomeX}.
 * <p>Rooms: {@code Acceptance} answers, {@code TakeOver} asks, {@code Leadership} sends and counts, {@code LeaderSnapshots} chooses who gets the state
 * instead of the log (every newcomer of the ring that lacks much: it reads no view of the past), {@code Reconfiguration} changes the acceptors,
 * {@code MessageTrace} tells watchers of the messages' ways, {@code CommandIntake} takes commands once, {@code Replica} is the copy itself, {@code Quorum} says how many are enough,
 * {@code Parties} whom the group concerns, {@code GroupPeers} what becomes of them.
 * <p>Invariants, checked always, thrown by name as
 * {@link org.gavel.node.replication.InvariantViolation}: one leader per epoch; committed logs agree; whoever takes
 * over sees every committed entry.
 * <p>Limits: {@link org.gavel.node.replication.GroupSettings}. A member that was reported {@code ended} must never answer again under its old log id, disk or no disk.
 * <p>Tested in {@code QuorumTest}, {@code SessionTableTest}, {@code ReplicaLogTest}, {@code ReplicaTest}, {@code ReplicatedGroupTest}, {@code NewcomerTest}, {@code PlantedBugsTest}, {@code AcceptanceTest} and, over seeded runs with crashes,
 * {@code ReplicationSimulationTest}; what watchers are told in the node.server room's {@code MessageTraceTest}.
 */
package org.gavel.node.replication;
