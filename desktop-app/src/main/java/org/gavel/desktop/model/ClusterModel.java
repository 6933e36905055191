package org.gavel.desktop.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.gavel.desktop.feed.FeedFrame;
import org.gavel.desktop.feed.NodeReport;
import org.gavel.protocol.client.AuctionInfo;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.monitor.NodeStatus;
import org.gavel.protocol.monitor.NodeStatus.LogStatus;
import org.gavel.protocol.monitor.TraceEvent;

/**
 * Makes of what a feed has gathered what the window shows. Knows no control and no clock but the feed's; single-threaded, on the pump's
 * thread.
 */
public final class ClusterModel {
    /** A heartbeat's period where a node does not say it. */
    public static final long HEARTBEAT_MS = 2_000;
    /** After so many missed beats a node is not shown alive any more. */
    public static final int MISSED_BEATS = 2;
    /** A dead node that is no member of the ring any more stays in the picture for so long. */
    public static final long GHOST_MS = 120_000;
    /** Two nodes' words within so long of each other tell of the same moment. */
    static final long TOLD_MS = 300;
    /** Between two frames no more time passes, unless somebody jumps in it: a replay at its highest speed takes a second at once. */
    static final long JUMP_MS = 3_000;
    /** Beyond the beat itself: the network and the pump take their time. */
    private static final long GRACE_MS = 400;

    private final RingOrder ringOrder = new RingOrder();
    private final EventRate rate = new EventRate();
    private final TokenTheatre tokens = new TokenTheatre();
    private final Elections elections = new Elections();
    private final Sides sides = new Sides();
    private long heardMs = -1;
    private long frameMs = Long.MAX_VALUE - JUMP_MS;
    private TraceEvent lastEvent;

    /** Takes in a frame, and gives the picture of its moment. */
    public ClusterView absorb(FeedFrame frame) {
        if (frame.reset()) {
            clear();
        }
        long now = frame.nowMs();
        Map<String, NodeReport> reports = new TreeMap<>();
        frame.nodes().stream().filter(report -> !isGhost(report, frame)).forEach(report -> reports.put(report.status().uid(), report));
        frame.nodes().forEach(report -> heardMs = Math.max(heardMs, report.heardMs()));
        rate.add(now, frame.events().size());
        Map<Uid, String> names = names(reports);
        if (now > frameMs + JUMP_MS) {
            // What was on its way then has long arrived.
            elections.clear();
            tokens.clear();
        }
        frameMs = now;
        for (int i = 0; i < frame.events().size(); i++) {
            TraceEvent event = frame.events().get(i);
            lastEvent = Sentences.isNews(event) ? event : lastEvent;
            if (i >= frame.past()) {
                elections.absorb(event, now);
                tokens.absorb(event, now);
            }
        }
        Map<String, Health> health = health(reports, now);
        List<NodeView> nodes = nodes(reports, health, now);
        int alive = (int) nodes.stream().filter(node -> node.health().isLiving()).count();
        List<NodeView> living = nodes.stream().filter(node -> node.health().isLiving()).toList();
        List<Banner> banners = sides.banners(living, nodes, names, frame, now);
        return new ClusterView(now, connection(nodes), nodes, groups(nodes, frame), Leaders.of(living, names), newestView(living), alive,
            sides.lasting(), banners, tokens.at(now), lastEvent, Sentences.of(lastEvent, names),
            heardMs < 0 ? -1 : Math.max(0, now - heardMs), rate.perSecond(), frame.eventsDropped(), frame.market());
    }

    /** Dead for long, and no member of the ring any more. While nobody at all is heard, everyone stays. */
    private static boolean isGhost(NodeReport report, FeedFrame frame) {
        boolean anyHeard = frame.nodes().stream().anyMatch(other -> !other.isLost());
        return report.isLost() && anyHeard && frame.nowMs() - report.lostMs() > GHOST_MS && (frame.market().status() == null
            || frame.market().status().nodes().stream().noneMatch(node -> node.uid().equals(report.status().uid())));
    }

    private void clear() {
        ringOrder.clear();
        rate.clear();
        tokens.clear();
        elections.clear();
        sides.clear();
        heardMs = -1;
        frameMs = Long.MAX_VALUE - JUMP_MS;
        lastEvent = null;
    }

    private static Map<Uid, String> names(Map<String, NodeReport> reports) {
        Map<Uid, String> names = new LinkedHashMap<>();
        reports.forEach((uid, report) -> names.put(Uid.parseHex(uid), report.status().name()));
        return names;
    }

    // ---------------------------------------------------------------- health

    private static Map<String, Health> health(Map<String, NodeReport> reports, long now) {
        Map<String, Health> health = new LinkedHashMap<>();
        reports.forEach((uid, report) -> health.put(uid, ownHealth(report, now)));
        for (NodeReport witness : reports.values()) {
            if (health.get(witness.status().uid()) == Health.ALIVE && witness.status().suspicions() != null) {
                witness.status().suspicions().forEach(suspect ->
                    health.computeIfPresent(suspect, (uid, before) -> before == Health.DEAD ? before : Health.SUSPECTED));
            }
        }
        return health;
    }

    private static Health ownHealth(NodeReport report, long now) {
        if (report.isLost()) {
            return Health.DEAD;
        }
        return now - report.heardMs() > MISSED_BEATS * heartbeatMs(report.status()) + GRACE_MS ? Health.LATE : Health.ALIVE;
    }

    private static long heartbeatMs(NodeStatus status) {
        return status.details() == null || status.details().heartbeatMs() <= 0 ? HEARTBEAT_MS : status.details().heartbeatMs();
    }

    private ClusterView.Connection connection(List<NodeView> nodes) {
        if (nodes.stream().anyMatch(node -> node.health() == Health.ALIVE || node.health() == Health.SUSPECTED)) {
            return ClusterView.Connection.HEARD;
        }
        return nodes.isEmpty() ? ClusterView.Connection.SEARCHING : ClusterView.Connection.LOST;
    }

    // ---------------------------------------------------------------- nodes

    private List<NodeView> nodes(Map<String, NodeReport> reports, Map<String, Health> health, long now) {
        Map<String, NodeStatus> known = new LinkedHashMap<>();
        Map<String, NodeStatus> living = new LinkedHashMap<>();
        reports.forEach((uid, report) -> {
            known.put(uid, report.status());
            if (health.get(uid).isLiving()) {
                living.put(uid, report.status());
            }
        });
        Map<String, LogCells> logs = logs(reports);
        Map<String, Long> newestWordMs = new LinkedHashMap<>();
        reports.values().forEach(report -> newestWordMs.merge(report.status().auctionId(), report.heardMs(), Math::max));
        List<NodeView> nodes = new ArrayList<>();
        for (String uid : ringOrder.update(known, living)) {
            NodeReport report = reports.get(uid);
            boolean old = report.heardMs() + TOLD_MS < newestWordMs.get(report.status().auctionId());
            nodes.add(node(report, health.get(uid), logs, old, now));
        }
        return nodes;
    }

    private NodeView node(NodeReport report, Health health, Map<String, LogCells> logs, boolean old, long now) {
        NodeStatus status = report.status();
        long age = Math.max(0, now - report.heardMs());
        Uid uid = Uid.parseHex(status.uid());
        List<LogCell> cells = status.auction() == null || status.auctionId().isEmpty() ? List.of() : logs.get(status.auctionId()).of(status.auction(), old);
        boolean electing = health.isLiving() && elections.isElecting(status, now);
        double beat = health.isLiving() ? Math.max(0, 1 - age / (double) heartbeatMs(status)) : 0;
        return new NodeView(uid, status.name(), Role.of(status.role()), status.auctionId(), health, electing, beat, age,
            report.isLost() ? Math.max(0, now - report.lostMs()) : 0, report.lostWhy(), cells, status.caretaker(), status);
    }

    private static Map<String, LogCells> logs(Map<String, NodeReport> reports) {
        Map<String, List<LogStatus>> copies = new LinkedHashMap<>();
        for (NodeReport report : reports.values()) {
            if (report.status().auction() != null) {
                copies.computeIfAbsent(report.status().auctionId(), id -> new ArrayList<>()).add(report.status().auction());
            }
        }
        Map<String, LogCells> cells = new LinkedHashMap<>();
        copies.forEach((id, logs) -> cells.put(id, new LogCells(logs)));
        return cells;
    }

    private static String newestView(List<NodeView> living) {
        return living.stream().filter(node -> node.role() == Role.INM).findFirst()
            .or(() -> living.stream().filter(node -> !node.status().view().isEmpty()).findFirst())
            .map(node -> node.status().view()).orElse("");
    }

    // ---------------------------------------------------------------- groups

    private static List<GroupView> groups(List<NodeView> nodes, FeedFrame frame) {
        Map<String, List<NodeView>> members = new TreeMap<>();
        nodes.stream().filter(node -> !node.auctionId().isEmpty())
            .forEach(node -> members.computeIfAbsent(node.auctionId(), id -> new ArrayList<>()).add(node));
        List<GroupView> groups = new ArrayList<>();
        members.forEach((id, group) -> {
            if (group.stream().anyMatch(node -> node.health().isLiving())) {
                groups.add(group(id, group, frame));
            }
        });
        return groups;
    }

    private static GroupView group(String auctionId, List<NodeView> members, FeedFrame frame) {
        Uid active = members.stream().filter(node -> node.role() == Role.ACTIVE && node.health().isLiving()).map(NodeView::uid).findFirst()
            .orElse(Uid.NOBODY);
        String notice = members.stream().filter(node -> node.uid().equals(active) && node.status().auction() != null
            && node.status().auction().notice() != null).map(node -> node.status().auction().notice()).findFirst().orElse("");
        AuctionInfo info = frame.market().list() == null ? null
            : frame.market().list().auctions().stream().filter(a -> a.auctionId().equals(auctionId)).findFirst().orElse(null);
        return new GroupView(auctionId, members.stream().map(NodeView::uid).toList(), active, active.isNobody(), notice,
            info == null || !GroupView.isReported(info) ? -1 : info.priceCents(), info == null ? 0 : info.bids());
    }
}
