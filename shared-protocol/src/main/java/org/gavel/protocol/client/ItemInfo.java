package org.gavel.protocol.client;

/**
 * An item as {@code list} shows it; amounts in cents.
 *
 * @param description  null if the catalogue has none
 * @param reserveCents null if there is no reserve price
 */
public record ItemInfo(String id, String title, String description, long startPriceCents, long incrementCents, Long reserveCents) { }
