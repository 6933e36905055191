/**
 * The Auctions screen: board, detail, start form and bid ticket.
 * <p>Source: desktop.md ('Auctions', 'Bid ticket', 'Honesty of the display'). The models ({@code AuctionsModel}, {@code AuctionBook}, {@code TicketModel}, {@code StartModel}) know no
 * control; the other classes show them.
 * <p>States of a ticket: editing, sending (locked), accepted, rejected, failed. Invariants: what the person typed is changed by nobody else; one ticket is one bid, through
 * every retry; nothing is spent by Enter alone.
 * <p>Limits: {@code AuctionsModel.FOLLOWED_MAX}, {@code AuctionBook.LINES_MAX}, {@code AuctionInbox.EVENTS_MAX}. Tested in {@code TicketModelTest}, {@code AuctionsModelTest},
 * {@code StartModelTest} and {@code AuctionsScreenTest}.
 */
package org.gavel.desktop.auctions;
