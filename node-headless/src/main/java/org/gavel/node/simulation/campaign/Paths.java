package org.gavel.node.simulation.campaign;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.gavel.protocol.host.simulation.NetworkCounters;
import org.gavel.protocol.link.Links;
import org.gavel.protocol.monitor.TraceEvent;

/** Counts which recovery paths nodes and clients really took, as their traces tell, and what the network did. */
final class Paths {
    /** What a long campaign must have met, every one, and every kind of fault; a path that nobody took was not tested. */
    static final List<String> REQUIRED = Stream.concat(Arrays.stream(FaultKind.values()).map(Paths::of), Stream.of(
        "crash of INM", "crash of active", "crash of follower", "crash of idle node", "crash of newcomer", "crash of a client",
        "restart with its disk", "restart without its disk",
        "met kill within an election", "met kill within a take-over", "met kill within a replacement", "met kill within a close", "met crash at a write", "met twin refused",
        "net lost", "net duplicated", "net overtaken", "net cut", "net clogged", "net true hints", "net false hints",
        "ring election nominated", "auction election nominated", "ring election token-swallowed", "auction election token-swallowed", "ring election skipped",
        "ring replication serving", "auction replication serving", "ring replication fenced", "auction replication fenced",
        "ring replication take-over-failed", "auction replication take-over-failed",
        "heartbeat suspected", "heartbeat cleared", "heartbeat dead", "heartbeat dead, known ended", "heartbeat prolonged", "heartbeat restarted", "heartbeat twin",
        "discovery founding", "discovery joined", "discovery unanswered", "ring learner", "ring election draining",
        "ring claim", "ring activated", "ring members", "ring settle", "ring freed", "ring lapse", "ring view",
        "multicast flushed", "client attached", "client looking", "answered BID", "answered JOIN", "answered LEAVE", "answered START",
        "rival start refused", "rival bid around the end", "verdicts agreed on")).toList();
    private static final Set<String> COUNTED = Set.of("election", "replication", "heartbeat", "discovery", "ring", "auction", "client", "multicast");

    private Paths() { }

    /** What a fault that was really injected counts as. */
    static String of(FaultKind fault) {
        return "fault " + fault.words();
    }

    static void count(Coverage coverage, TraceEvent event) {
        if (!COUNTED.contains(event.protocol())) {
            return;
        }
        boolean ended = event.kind().equals("dead") && event.sentence().endsWith("(known ended)");
        boolean ofGroup = event.protocol().equals("election") || event.protocol().equals("replication");
        String group = !ofGroup ? "" : event.group() == Links.NODE_GROUP ? "founding " : event.group() == Links.RING_GROUP ? "ring " : "auction ";
        coverage.count(group + event.protocol() + " " + event.kind() + (ended ? ", known ended" : ""));
    }

    static void count(Coverage coverage, NetworkCounters net) {
        coverage.count("net lost", net.lost());
        coverage.count("net duplicated", net.duplicated());
        coverage.count("net overtaken", net.overtaken());
        coverage.count("net cut", net.cut());
        coverage.count("net clogged", net.clogged());
        coverage.count("net true hints", net.hints());
        coverage.count("net false hints", net.falseHints());
        coverage.count("net arrived", net.arrived());
    }
}
