package org.gavel.protocol.client;

/**
 * Argument of the request {@code forget}: the operator's word that this node has ended for good.
 *
 * @param node uid, 16 hex digits
 */
public record ForgetRequest(String node) { }
