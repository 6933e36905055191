package org.gavel.desktop.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gavel.desktop.feed.FeedFrame;
import org.gavel.protocol.identity.Uid;

/** Two sides of a partition, a side without majority, and trouble with the feed: said in a line across the screen. */
final class Sides {
    /** Views travel: only a disagreement that lasts is a partition. */
    static final long LASTING_MS = 3_000;

    private long disagreeSinceMs = -1;
    private Map<String, List<NodeView>> sides = Map.of();
    private boolean lasting;

    List<Banner> banners(List<NodeView> living, List<NodeView> all, Map<Uid, String> names, FeedFrame frame, long now) {
        List<Banner> banners = new ArrayList<>();
        if (!frame.trouble().isEmpty()) {
            banners.add(new Banner(Banner.Kind.WARNING, frame.trouble()));
        }
        if (!all.isEmpty() && all.stream().noneMatch(node -> node.health() == Health.ALIVE || node.health() == Health.SUSPECTED)) {
            banners.add(new Banner(Banner.Kind.WARNING, "No node is heard any more: everything here is what was known last."));
        }
        sides = sides(living);
        disagreeSinceMs = sides.size() < 2 ? -1 : disagreeSinceMs < 0 ? now : disagreeSinceMs;
        lasting = disagreeSinceMs >= 0 && now - disagreeSinceMs >= LASTING_MS;
        if (lasting) {
            banners.add(new Banner(Banner.Kind.WARNING, sentence(sides, names)));
        }
        String notice = frame.market().list() == null ? null : frame.market().list().notice();
        if (notice != null && !notice.isEmpty() && frame.market().trouble().isEmpty()) {
            banners.add(new Banner(Banner.Kind.NOTICE, notice));
        }
        return banners;
    }

    /** The sides as of the last banners; empty unless they have lasted. */
    List<List<Uid>> lasting() {
        return lasting ? sides.values().stream().map(side -> side.stream().map(NodeView::uid).toList()).toList() : List.of();
    }

    /** Members by the INM they name; those that name none are one side, the caretaker's. */
    static Map<String, List<NodeView>> sides(List<NodeView> living) {
        Map<String, List<NodeView>> sides = new LinkedHashMap<>();
        for (NodeView node : living) {
            if (node.health() == Health.ALIVE && "member".equals(node.status().phase())) {
                sides.computeIfAbsent(node.status().inm(), inm -> new ArrayList<>()).add(node);
            }
        }
        return sides;
    }

    private static String sentence(Map<String, List<NodeView>> sides, Map<Uid, String> names) {
        StringBuilder text = new StringBuilder(sides.size() == 2 ? "Two sides: " : sides.size() + " sides: ");
        sides.forEach((inm, members) -> {
            String leader = inm.isEmpty() ? "without an INM, read-only" : "with INM " + names.getOrDefault(Uid.parseHex(inm), inm.substring(0, 4));
            text.append(text.charAt(text.length() - 2) == ':' ? "" : "; ").append(String.join(", ", members.stream().map(NodeView::name).toList()))
                .append(" (").append(leader).append(')');
        });
        return text.append('.').toString();
    }

    void clear() {
        disagreeSinceMs = -1;
        sides = Map.of();
        lasting = false;
    }
}
