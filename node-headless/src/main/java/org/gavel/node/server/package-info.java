/**
 * One server node: wires the protocols together and plays the roles. Purpose: a node of the proposal's server task table.
 * <p>Source: protocol.md sections 4 to 6, 8 and 9; the proposal's "Architectural Description". Messages: JoinRequest, Over, Assign, AssignReply, Elect,
 * ActiveReport, NeedMember, Replacement, Finished, CloseTo, ClosedTo; Request, Reply, Attach, Attached, Detached; Fault.
 * <p>The map: {@code ServerNode} dispatches; {@code RingSeat} holds what belongs to one ring, {@code RingBorder} hears what comes from
 * outside it, {@code RingWatch} says who watches whom in it, {@code Membership} gets the node into one; {@code RingGroup} is the ring's replicated group,
 * {@code ManagerElection} the election of its INM; {@code ManagerRole} and {@code AuctionDesk} are the INM's two halves, and of the latter {@code StartDesk} brings auctions into being,
 * {@code ReplacementDesk} finds nodes for running ones, {@code IdleNodes} knows who is free; {@code Auctions} takes assignments, {@code AuctionGroup} is one
 * auction's replicated group, {@code AuctioneerElection} its election, {@code Roster} who belongs to it, {@code MemberFailures} what the loss of one changes, {@code LeftBehind} how a member finds out that it
 * belongs no more, {@code LastCopies} what the last ones do, {@code LostCopies} when a ring is beyond repair; {@code ActiveRole} is what its leader does, {@code GroupStrength} how that keeps it at 1 + 3;
 * {@code ClientDesk} and {@code StatusBoard} answer clients and watchers.
 * <p>States: {@code Membership.Phase}; duties are derived from the ring's log and the groups' leaders, never stored twice.
 * <p>Invariants: protocol.md section 13. Limits: named constants in each class. Tested in {@code ClusterTest}, {@code RingTest}, {@code StartTest},
 * {@code GroupStrengthTest}, {@code LeftBehindTest}, {@code StrayMessagesTest}, {@code AuctionEndTest} (simulated) and the process tests.
 */
package org.gavel.node.server;
