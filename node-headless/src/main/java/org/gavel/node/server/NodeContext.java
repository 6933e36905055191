package org.gavel.node.server;

import org.gavel.protocol.host.Host;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.link.Links;
import org.gavel.protocol.monitor.TraceEvent;

/** What all parts of one node share. */
record NodeContext(NodeSettings settings, NodeRef self, Host host, Links links, Watchlist watchlist) {
    void trace(String protocol, String kind, long group, Uid subject, String sentence) {
        if (host.tracing()) {
            host.trace(new TraceEvent(host.wallClockMs(), self.uid(), protocol, kind, group, subject, sentence));
        }
    }

    /** A random number that is never 0, for foundations, log ids and the like. */
    long randomId() {
        long id = host.random();
        return id == 0 ? 1 : id;
    }

    boolean isSelf(NodeRef node) {
        return node != null && node.sameStart(self);
    }
}
