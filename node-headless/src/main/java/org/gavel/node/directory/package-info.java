/**
 * What the replicated groups replicate. Purpose: the ring's state (view, catalogue, directory of auctions) and the adapter of an
 * auction's rules, as deterministic state machines.
 * <p>Source: protocol.md section 8 (the ring's group), 4 (founding), 9 (an auction's end); replicated by section 7.
 * <p>Messages: none of its own; {@link org.gavel.node.directory.RingCommand} is the body of an entry of the ring's log,
 * {@link org.gavel.node.directory.RingOutcome} its answer; views come as the payload of config entries.
 * <p>Rooms: {@link org.gavel.node.directory.RingState} applies the commands, {@code ClaimRules} says what is refused, {@code ItemStock} holds the items and
 * {@code AuctionDirectory} the auctions.
 * <p>States: {@link org.gavel.node.directory.ItemStatus} of an item, {@link org.gavel.node.directory.AuctionStage} of an auction.
 * <p>Invariants: an item is claimed by at most one auction and sold at most once; every change of an item compares the auction id; one
 * start of a node serves at most one auction; auction ids and group numbers are never used again; a repeated request gets its first
 * auction; no entry, whatever its bytes, throws.
 * <p>Limits: {@code AuctionDirectory.OVER_MAX} auctions that are over (with their request ids, the oldest forgotten first),
 * {@code ItemCatalogue.ITEMS_MAX} items, {@code DirectoryEntry.Group.MEMBERS_MAX} nodes per auction.
 * <p>Tested in {@code RingStateTest}, {@code RingPropertyTest}, {@code AuctionMachineTest}.
 */
package org.gavel.node.directory;
