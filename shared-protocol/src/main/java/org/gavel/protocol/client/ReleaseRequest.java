package org.gavel.protocol.client;

/** Argument of the request {@code release}: the operator's word that no auction of this item is alive. */
public record ReleaseRequest(String itemId) { }
