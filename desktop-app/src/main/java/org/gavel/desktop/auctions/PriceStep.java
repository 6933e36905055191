package org.gavel.desktop.auctions;

/** From this auction time on, this price. */
public record PriceStep(long timeMs, long priceCents) { }
