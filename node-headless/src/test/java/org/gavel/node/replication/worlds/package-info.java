/**
 * Small worlds, completely: explicit-state model checking of the production classes (issue: proof; docs/MODEL-CHECKING.md).
 * <p>Source: protocol.md sections 6, 7 and 13. Methods: explicit states with hashed fingerprints (Yu, Manolios and Lamport 1999), persistent sets (Godefroid 1996).
 * <p>How: a node is deterministic and hears of others by messages only. So the production code runs once per (state of one node, stimulus); {@code Behaviour} keeps the outcome, and
 * {@code Search} goes breadth first through all combinations. {@code Ensemble} is nodes and links; {@code ElectionWorld} and {@code GroupWorld} add what else may happen, and the
 * invariants ({@code GroupRules}). {@code Plan} draws first who may do what, {@code Order} leaves out orders of moves that commute. {@code PlantedBug} breaks a rule in the source and loads the room anew.
 * <p>Limits: each world's {@code Bounds}, {@code Search.Limits}; one message is one pass; a restart is no move.
 */
package org.gavel.node.replication.worlds;
