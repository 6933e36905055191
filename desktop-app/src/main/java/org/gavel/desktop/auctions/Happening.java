package org.gavel.desktop.auctions;

/**
 * Something the person at the window should be told at once.
 *
 * @param auctionId whose
 * @param title     a few words
 * @param sentence  the rest
 * @param bidAgain  a further bid is possible
 */
record Happening(String auctionId, String title, String sentence, boolean bidAgain) { }
