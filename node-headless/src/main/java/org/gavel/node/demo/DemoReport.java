package org.gavel.node.demo;

import java.util.List;
import org.gavel.protocol.client.ClusterStatus;
import org.gavel.protocol.client.ItemInfo;
import org.gavel.protocol.client.NodeInfo;
import org.gavel.protocol.client.StartResult;

/** Where the demonstration tells what happens: for people, or as JSON. */
interface DemoReport {
    /**
     * One line of a story.
     *
     * @param afterMs since the story's beginning
     * @param node    name of the node where it happened
     * @param kind    stable word, as in a trace event
     */
    record Line(long afterMs, String node, String protocol, String kind, String sentence) { }

    /** How long the auction, or the ring, was without its leader. */
    record TakeOver(String what, String killed, String successor, long ms) { }

    void starting(int nodes, int port);

    void ring(ClusterStatus status, long afterMs);

    void auction(StartResult started, ItemInfo item, long durationMs, List<String> bidders, ClusterStatus status);

    /** Where the auction stands. */
    void standing(long bids, long priceCents, String leaderName);

    void killing(NodeInfo node);

    void story(List<Line> lines, int leftOut);

    void takeOver(TakeOver takeOver);

    void notice(String sentence);

    void verdict(Verdict verdict, String auctionId, List<TakeOver> takeOvers, long tookMs);
}
