/**
 * Real faults between real hosts. Purpose: to show that a cluster across a network keeps its promises when processes are killed and stopped,
 * datagrams lost, doubled and cut off, cards taken down (docs/LAB.md).
 * <p>Source: issue 'Proof', section 5; protocol.md section 13. Messages: none of its own. {@code node-headless/lab/run} makes the hosts
 * (network namespaces on a bridge) and starts the hidden command {@code lab}; that starts a node process on each host and, on two more, the
 * hidden command {@code lab-client}, which bids and tells on standard output, one JSON object a line, all that it sent and heard.
 * <p>States of a round: settled, bidding, fault, healing, over, judged. The verdict is {@link org.gavel.node.demo.BidLedger}'s, and that the
 * item is sold once and everything is whole again within {@code Round.HEAL_MS}.
 * <p>Invariants: every fault is ended before the round is; a round that failed ends its cluster, the next one gets a fresh one; no process
 * outlives the program.
 * <p>Limits: {@code LabBidder.UNDER_WAY_MAX}, {@code LabCommand.ROUNDS_MAX}. Tested in {@code LabNetworkTest}, {@code FiguresTest},
 * {@code LabBidderTest}.
 */
package org.gavel.node.lab;
