package org.gavel.desktop.model;

import java.util.List;
import java.util.Optional;
import org.gavel.desktop.feed.Market;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.monitor.TraceEvent;

/**
 * Everything that the window shows of the cluster at one moment; immutable.
 *
 * @param nowMs          the feed's clock
 * @param connection     whether anything is heard at all
 * @param nodes          in ring order, dead ones at their old places
 * @param groups         in the order of their auctions' ids
 * @param leaders        who names whom INM
 * @param viewId         the newest installed view, as text; empty before the first
 * @param alive          living nodes
 * @param sides          the parties of a lasting partition, each with its members in ring order; empty while there is one ring
 * @param banners        what a person must know: read-only, two sides, trouble with the feed
 * @param tokens         LCR tokens on their way
 * @param lastEvent      the newest that is no heartbeat, or null
 * @param lastSentence   the same in words with its node's name, or empty
 * @param feedAgeMs      since anything was heard; -1 before the first
 * @param eventsPerS     over the last seconds
 * @param eventsDropped  since the feed was opened
 * @param market         items and auctions as the INM tells them
 */
public record ClusterView(long nowMs, Connection connection, List<NodeView> nodes, List<GroupView> groups, LeaderView leaders, String viewId,
                          int alive, List<List<Uid>> sides, List<Banner> banners, List<TokenView> tokens, TraceEvent lastEvent, String lastSentence, long feedAgeMs,
                          double eventsPerS, long eventsDropped, Market market) {
    /** What is heard. */
    public enum Connection {
        /** Nothing yet: perhaps there is no cluster. */
        SEARCHING,
        /** At least one node is heard. */
        HEARD,
        /** There was a cluster, and nobody is heard any more: everything shown is stale. */
        LOST
    }

    public static final ClusterView EMPTY = new ClusterView(0, Connection.SEARCHING, List.of(), List.of(), new LeaderView(List.of()), "", 0,
        List.of(), List.of(), List.of(), null, "", -1, 0, 0, Market.NONE);

    public ClusterView {
        nodes = List.copyOf(nodes);
        groups = List.copyOf(groups);
        sides = sides.stream().map(List::copyOf).toList();
        banners = List.copyOf(banners);
        tokens = List.copyOf(tokens);
    }

    public Optional<NodeView> node(Uid uid) {
        return nodes.stream().filter(node -> node.uid().equals(uid)).findFirst();
    }

    /** A node's name, or the short form of its uid where it is not known. */
    public String nameOf(Uid uid) {
        return node(uid).map(NodeView::name).orElse(uid.shortForm());
    }

    public Optional<GroupView> group(String auctionId) {
        return groups.stream().filter(group -> group.auctionId().equals(auctionId)).findFirst();
    }

    public boolean isStale() {
        return connection == Connection.LOST;
    }
}
