package org.gavel.protocol.wire;

import org.gavel.protocol.identity.NodeRef;

/**
 * A member of a configuration whose holding and promising counts.
 *
 * @param node  which start of which node
 * @param logId random, drawn when it is admitted, stored with its log: one that comes back without its log is a newcomer
 */
public record Acceptor(NodeRef node, long logId) { }
