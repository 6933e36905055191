/**
 * The rules of an auction. Purpose: decide, at its place in the total order, what every command does; the same on every replica.
 * <p>Source: protocol.md sections 9 (commands, time) and 12 (rules); replicated by section 7.
 * <p>Messages: none of its own; {@link org.gavel.protocol.auction.AuctionCommand} is the body of a log entry,
 * {@link org.gavel.protocol.auction.Outcome} the answer, {@link org.gavel.protocol.auction.AuctionSnapshot} what a newcomer starts from.
 * <p>States: {@link org.gavel.protocol.auction.AuctionPhase}.
 * <p>Invariants: accepted amounts rise strictly; a rejected or void command changes nothing and moves no end; no accept at or after the
 * end; one close; the winner is the highest accepted bid, if it reaches the reserve; no command, whatever its bytes, throws.
 * <p>Limits: {@link org.gavel.protocol.auction.Money#AMOUNT_CENTS_MAX}, {@link org.gavel.protocol.auction.AuctionState#PARTICIPANTS_MAX},
 * {@link org.gavel.protocol.auction.AuctionTerms#DURATION_MS_MAX}, {@link org.gavel.protocol.auction.AuctionCommand#NOTE_CHARS_MAX}.
 * <p>Tested in {@code MoneyTest}, {@code AuctionStateTest}, {@code AuctionPropertyTest}, {@code OutcomeTest}.
 */
package org.gavel.protocol.auction;
