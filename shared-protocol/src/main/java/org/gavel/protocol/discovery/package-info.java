/**
 * Discovery by UDP broadcast. Purpose: a node finds a ring or others to found one with, a client finds the cluster, without any configured
 * address.
 * <p>Source: protocol.md section 4; the proposal's "Dynamic Discovery of Hosts". Messages: Hello, HelloReply, Announce (nodes); Lookup, LookupReply
 * (clients); Refused. All are unreliable and repeated by {@link org.gavel.protocol.discovery.BroadcastSchedule} until answered.
 * <p>States: a server's are in {@code org.gavel.node.server.Membership}, a client's in {@code org.gavel.protocol.client}.
 * <p>Invariants: a message of another cluster is ignored; of another version answered with a refusal, never more; whoever has heard a member of
 * an installed view never founds; nor does a node that keeps an auction's copy, and that joins no ring but its own (docs/decisions/0006).
 * <p>Limits: {@code Membership.HEARD_MAX}. Tested in {@code BroadcastScheduleTest} and {@code RingTest}.
 */
package org.gavel.protocol.discovery;
