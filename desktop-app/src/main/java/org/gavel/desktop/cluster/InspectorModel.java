package org.gavel.desktop.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.gavel.desktop.model.ClusterView;
import org.gavel.desktop.model.NodeView;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.monitor.NodeStatus;

/** What the inspector says of a node, protocol by protocol. Knows no control. */
final class InspectorModel {
    private static final String NONE = "–";
    private static final int HEARD_MAX = 12;

    private final List<InspectorRow> rows = new ArrayList<>();
    private final NodeView node;
    private final NodeStatus status;
    private final ClusterView view;

    private InspectorModel(NodeView node, ClusterView view) {
        this.node = node;
        this.status = node.status();
        this.view = view;
    }

    static List<InspectorRow> rows(InspectorTab tab, NodeView node, ClusterView view) {
        InspectorModel model = new InspectorModel(node, view);
        switch (tab) {
            case DISCOVERY -> model.discovery();
            case LINK -> model.link();
            case HEARTBEAT -> model.heartbeat();
            case RING -> model.ring();
            case ELECTION -> model.election();
            case MULTICAST -> model.multicast();
            case REPLICATION -> model.replication();
        }
        return List.copyOf(model.rows);
    }

    private void row(String name, String value, String meaning) {
        rows.add(new InspectorRow(name, value == null || value.isEmpty() ? NONE : value, meaning));
    }

    private String name(String uid) {
        if (uid == null || uid.isEmpty()) {
            return NONE;
        }
        Uid parsed = Uid.parseHex(uid);
        return view.nameOf(parsed) + " (" + parsed.shortForm() + ")";
    }

    private void discovery() {
        row("phase", status.phase(), "bound".equals(status.phase())
            ? "It keeps an auction's copy, waits for that auction's ring, and joins no other. If that ring never comes back, end it and start it again: that gives the copy up."
            : "Searching, founding, joining, or a member of an installed view.");
        row("address", status.address(), "Where it receives; other nodes learn it from its hello.");
        row("started", java.time.Instant.ofEpochMilli(status.incarnation()).atZone(java.time.ZoneId.systemDefault()).toLocalDateTime()
            .truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString().replace('T', ' '), "Its incarnation: every start is newer than all before.");
        row("INM it names", name(status.inm()), "Whom this node believes to be the Idle Node Manager.");
        row("last word", NodeWords.time(node.seenMsAgo()) + " ago", "How old everything on this page is.");
        row("obeys faults", status.details() == null ? NONE : status.details().allowFaults() ? "yes" : "no", "Whether it was started with --allow-faults.");
    }

    private void link() {
        row("datagrams sent", number(status.datagramsSent()), "All that left since its start.");
        row("resent", number(status.datagramsResent()), "Sent again, because no acknowledgement came in time.");
        if (status.details() == null || status.details().link() == null) {
            return;
        }
        NodeStatus.LinkReport link = status.details().link();
        row("received", number(link.received()), "All that came, own broadcasts excepted.");
        row("messages delivered", number(link.delivered()), "Handed up, in order and once.");
        row("duplicates", number(link.duplicates()), "Came twice; acknowledged again, never delivered again.");
        row("bare acknowledgements", number(link.acksAlone()), "Datagrams that carried nothing but an acknowledgement.");
        row("malformed", number(link.malformed()), "Only pretended to be ours, and were dropped.");
        row("window full", number(link.windowFull()), "Messages that a full send window pushed back.");
        row("links", number(link.links()), "Parties that it keeps a numbered conversation with.");
        row("round trip to successor", link.successorRoundTripMicros() == 0 ? NONE : String.format(Locale.ROOT, "%.2f ms", link.successorRoundTripMicros() / 1_000.0),
            "Smoothed, as the resend timer uses it.");
    }

    private void heartbeat() {
        row("period", status.details() == null ? NONE : NodeWords.time(status.details().heartbeatMs()), "One beat every so often, to each peer that it watches.");
        row("suspects", names(status.suspicions()), "Whom it has not heard for three beats, or had a hint against.");
        if (status.details() != null && status.details().suspicionWhys() != null) {
            status.details().suspicionWhys().forEach(doubt -> row("because", doubt.why(), "Why it suspects " + name(doubt.uid()) + "."));
        }
        List<NodeStatus.Heard> heard = status.lastHeardMs() == null ? List.of() : status.lastHeardMs();
        heard.stream().limit(HEARD_MAX).forEach(h -> row("heard " + name(h.uid()), h.ageMs() < 0 ? NONE : h.ageMs() + " ms ago",
            "Any traffic counts as a heartbeat."));
        if (heard.size() > HEARD_MAX) {
            row("and", (heard.size() - HEARD_MAX) + " more", "Peers that it watches.");
        }
        if (heard.isEmpty()) {
            row("watches", "nobody", "An idle node alone has nobody to watch.");
        }
    }

    private void ring() {
        row("view", status.view(), "Epoch of the INM that made it, and the view's number.");
        row("epoch", number(status.epoch()), "The ring's epoch as far as it knows.");
        row("INM", name(status.inm()), "Whom it believes to lead.");
        row("successor", name(status.successor()), "The next member: it gets the tokens.");
        row("predecessor", name(status.predecessor()), "The previous member.");
        row("read-only side", status.caretaker() ? "yes, as caretaker" : "no", "A side without majority answers, and writes nothing.");
    }

    private void election() {
        List<NodeStatus.ElectionReport> elections = status.details() == null || status.details().elections() == null ? List.of() : status.details().elections();
        if (elections.isEmpty()) {
            row("state", status.election().toLowerCase(Locale.ROOT), "Where it stands in the ring's election.");
        }
        for (NodeStatus.ElectionReport e : elections) {
            String of = e.group() == 1 ? "ring" : node.auctionId().isEmpty() ? "auction" : node.auctionId();
            row(of + ": state", e.state(), "Idle, participant, outbid, relay, nominated or decided.");
            row("epoch", e.epoch() + " (view " + e.view() + ")", "The epoch that its winner will ask promises for.");
            row("started because", e.because(), "Why the last election began.");
            row("own candidate", e.candidate() ? node.shortUid() : "stands not", "Whether it stands for election itself.");
            row("best seen", name(e.best()), "The largest candidate whose token passed here.");
            row("passed / swallowed", e.passed() + " / " + e.swallowed(), "Larger tokens go on, smaller ones end here.");
            row("hops so far", number(e.hops()), "Of the best token, when it came here.");
            row("next token goes to", name(e.successor()), "The successor; a dead one is skipped.");
        }
    }

    private void multicast() {
        NodeStatus.LogStatus log = status.auction();
        if (log == null) {
            row("auction", "serves none", "Total order is kept by an auction's group.");
            return;
        }
        row("sequenced by", node.role() == org.gavel.desktop.model.Role.ACTIVE ? "itself" : name(leader(status.details() == null ? null : status.details().auctionLog())),
            "The group's leader gives every command its number.");
        row("delivered up to", number(log.commitIndex()), "Delivery follows commit: this many entries, without a gap.");
        row("waiting", number(Math.max(0, log.lastIndex() - log.commitIndex())), "Held, not yet committed, not yet delivered.");
        row("participants", status.details() == null || status.details().participants() < 0 ? NONE : number(status.details().participants()),
            "Clients that hear the sequence from it; only an active has any.");
    }

    private static String leader(NodeStatus.LogReport report) {
        return report == null ? "" : report.leader();
    }

    private void replication() {
        log("ring log", status.ringLog(), status.details() == null ? null : status.details().ringLog());
        if (status.auction() != null) {
            log(node.auctionId(), status.auction(), status.details() == null ? null : status.details().auctionLog());
        }
    }

    private void log(String of, NodeStatus.LogStatus log, NodeStatus.LogReport report) {
        if (log == null) {
            row(of, "none", "It is in no ring.");
            return;
        }
        row(of + ": role", log.role(), "Follower, candidate, or leader of the group.");
        row("epoch", number(log.epoch()), "Of the leader that it follows, or of itself.");
        if (report != null) {
            row("promised", number(report.promisedEpoch()), "It refuses every lower epoch: an old leader is fenced.");
        }
        row("held / committed", log.lastIndex() + " / " + log.commitIndex(), "The last entry that it holds, and the last one known committed.");
        row("last entries", log.tail() == null ? NONE : String.join(" ", log.tail().subList(Math.max(0, log.tail().size() - 4), log.tail().size())),
            "epoch.index, + committed, - held only.");
        if (report != null && report.holders() != null) {
            report.holders().forEach(h -> row((h.acceptor() ? "acceptor " : "learner ") + name(h.uid()),
                h.heldIndex() < 0 ? "unknown" : h.heldIndex() + (h.lag() > 0 ? ", " + h.lag() + " behind" : "") + (h.up() ? "" : ", down"),
                "What this peer is known to hold."));
        }
        if (log.notice() != null && !log.notice().isEmpty()) {
            row("notice", log.notice(), "What keeps it from committing.");
        }
    }

    private String names(List<String> uids) {
        return uids == null || uids.isEmpty() ? "nobody" : uids.stream().map(this::name).collect(Collectors.joining(", "));
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number).replace(',', '\u2009');
    }
}
