package org.gavel.node.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.gavel.node.client.Durations;
import org.gavel.protocol.auction.Money;
import org.gavel.protocol.client.AuctionInfo;
import org.gavel.protocol.client.ClusterStatus;
import org.gavel.protocol.client.ItemInfo;
import org.gavel.protocol.client.NodeInfo;

/** Lists for people: columns as wide as their widest cell. */
final class Tables {
    static final int CELL_CHARS_MAX = 60;

    private Tables() { }

    static List<String> status(ClusterStatus status) {
        Map<String, String> names = new TreeMap<>();
        status.nodes().forEach(node -> names.put(node.uid(), node.name()));
        List<String> lines = new ArrayList<>();
        lines.add("cluster " + status.cluster() + ", view " + status.viewId() + ", "
                + (status.inm() == null || status.inm().isEmpty() ? "no manager" : "manager " + name(names, status.inm())));
        if (status.notice() != null) {
            lines.add(status.notice());
        }
        lines.add("");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("RING", "NODE", "UID", "ADDRESS", "ROLE", "AUCTION", "LAST HEARD"));
        for (NodeInfo node : status.nodes()) {
            rows.add(List.of(String.valueOf(rows.size()), node.name(), shortUid(node.uid()), node.address(), node.role(),
                    orNone(node.auctionId()), String.format("%d.%d s ago", node.lastHeardMs() / 1_000, node.lastHeardMs() / 100 % 10)));
        }
        lines.addAll(aligned(rows));
        lines.add("");
        lines.addAll(auctions(status.auctions(), names));
        return lines;
    }

    static List<String> auctions(List<AuctionInfo> auctions) {
        return auctions(auctions, Map.of());
    }

    private static List<String> auctions(List<AuctionInfo> auctions, Map<String, String> names) {
        if (auctions.isEmpty()) {
            return List.of("no auction runs");
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("AUCTION", "ITEM", "STATE", "ACTIVE", "FOLLOWERS", "PRICE", "LEADER", "BIDS", "ENDS IN"));
        for (AuctionInfo auction : auctions) {
            String followers = auction.followersOrNone().stream().map(uid -> name(names, uid)).collect(Collectors.joining(" "));
            rows.add(List.of(auction.auctionId(), auction.itemId(), auction.state(), name(names, orNone(auction.active())), followers,
                    Money.format(auction.priceCents()), orNone(auction.leader()), String.valueOf(auction.bids()),
                    Durations.clock(auction.endsInMs())));
        }
        List<String> lines = new ArrayList<>(aligned(rows));
        auctions.stream().filter(a -> a.notice() != null).forEach(a -> lines.add(a.auctionId() + ": " + a.notice()));
        return lines;
    }

    static List<String> items(List<ItemInfo> items) {
        if (items.isEmpty()) {
            return List.of("no item is available");
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("ITEM", "TITLE", "FROM", "STEP"));
        for (ItemInfo item : items) {
            rows.add(List.of(item.id(), item.title(), Money.format(item.startPriceCents()), Money.format(item.incrementCents())));
        }
        return aligned(rows);
    }

    private static String name(Map<String, String> names, String uid) {
        return uid.isEmpty() ? "" : names.containsKey(uid) ? names.get(uid) + " (" + shortUid(uid) + ")" : shortUid(uid);
    }

    private static String shortUid(String uid) {
        return uid.length() > 4 ? uid.substring(0, 4) : uid;
    }

    private static String orNone(String text) {
        return text == null ? "" : text;
    }

    private static List<String> aligned(List<List<String>> rows) {
        int[] widths = new int[rows.get(0).size()];
        List<List<String>> cut = rows.stream().map(row -> row.stream().map(Tables::cell).toList()).toList();
        for (List<String> row : cut) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : cut) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    /** Names come from other machines: no control character of theirs reaches the terminal. */
    static String plain(String text) {
        return text.codePoints().map(c -> Character.isISOControl(c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }

    private static String cell(String text) {
        String plain = plain(text);
        return plain.length() <= CELL_CHARS_MAX ? plain : plain.substring(0, CELL_CHARS_MAX - 1) + "~";
    }
}
