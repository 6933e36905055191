package org.gavel.node.demo;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.gavel.protocol.auction.Money;
import org.gavel.protocol.client.ClusterStatus;
import org.gavel.protocol.client.ItemInfo;
import org.gavel.protocol.client.NodeInfo;
import org.gavel.protocol.client.StartResult;

/** For people: short paragraphs, a line a fact. */
final class TextReport implements DemoReport {
    private static final String MARGIN = "  ";

    private final Consumer<String> out;
    private final Ink ink;

    TextReport(Consumer<String> out, Ink ink) {
        this.out = out;
        this.ink = ink;
    }

    private void title(String text) {
        out.accept("");
        out.accept(ink.bold(text));
    }

    private void line(String format, Object... values) {
        out.accept(MARGIN + String.format(Locale.ROOT, format, values).stripTrailing());
    }

    @Override
    public void starting(int nodes, int port) {
        out.accept(ink.bold("Gavel demo") + ": " + nodes + " node processes on loopback, discovery port " + port);
    }

    @Override
    public void ring(ClusterStatus status, long afterMs) {
        title("The ring, " + seconds(afterMs) + " after the start of the first node");
        table(status);
    }

    private void table(ClusterStatus status) {
        List<NodeInfo> nodes = status.nodes();
        for (int i = 0; i < nodes.size(); i++) {
            NodeInfo node = nodes.get(i);
            String edge = nodes.size() == 1 ? "-" : i == 0 ? "/->" : i == nodes.size() - 1 ? "\\--" : "|  ";
            String role = node.role() + (node.auctionId() == null || node.auctionId().isEmpty() ? "" : " of " + node.auctionId());
            line("%s %-9s %s  %s", ink.faint(edge), node.name(), ink.faint(shortUid(node.uid())), paintRole(node.role(), role));
        }
    }

    private String paintRole(String role, String text) {
        return switch (role) {
            case "inm", "active" -> ink.accent(text);
            case "idle" -> ink.faint(text);
            default -> text;
        };
    }

    @Override
    public void auction(StartResult started, ItemInfo item, long durationMs, List<String> bidders, ClusterStatus status) {
        title("Auction " + started.auctionId() + ": " + item.title() + ", from " + Money.format(item.startPriceCents()) + ", for " + seconds(durationMs));
        line("bidders: %s", String.join(", ", bidders));
        table(status);
    }

    @Override
    public void standing(long bids, long priceCents, String leaderName) {
        line("%d bids so far, %s leads with %s", bids, leaderName, Money.format(Math.max(0, priceCents)));
    }

    @Override
    public void killing(NodeInfo node) {
        title("kill -9 " + node.name() + " (" + shortUid(node.uid()) + "), " + ("inm".equals(node.role()) ? "the INM" : "the " + node.role() + " of " + node.auctionId()));
    }

    @Override
    public void story(List<Line> lines, int leftOut) {
        for (Line line : lines) {
            String text = String.format(Locale.ROOT, "%+7.3f s  %-9s %s", line.afterMs() / 1_000.0, line.node(), line.sentence());
            out.accept(MARGIN + (line.kind().equals("elected") || line.kind().equals("serving") ? ink.accent(text) : text));
        }
        if (leftOut > 0) {
            line("%s", ink.faint("           (and " + leftOut + " more)"));
        }
    }

    @Override
    public void takeOver(TakeOver takeOver) {
        line("%s", ink.good("=> " + sentence(takeOver)));
    }

    private static String sentence(TakeOver takeOver) {
        return takeOver.what() + " " + takeOver.ms() + " ms after the kill" + (takeOver.successor().isEmpty() ? "" : ", by " + takeOver.successor());
    }

    @Override
    public void notice(String sentence) {
        line("%s", ink.faint(sentence));
    }

    @Override
    public void verdict(Verdict verdict, String auctionId, List<TakeOver> takeOvers, long tookMs) {
        title("Verdict on " + auctionId);
        line("sold to   %s for %s", ink.bold(verdict.winnerName().isEmpty() ? "nobody" : verdict.winnerName()), Money.format(verdict.priceCents()));
        line("bids      %d sent = %d accepted + %d rejected (somebody was quicker)%s", verdict.sent(), verdict.accepted(), verdict.rejected(),
            verdict.unanswered() == 0 ? "" : " + " + verdict.unanswered() + " unanswered");
        line("          %s, %s", count(verdict.lost(), "lost"), count(verdict.doubled(), "doubled"));
        for (TakeOver takeOver : takeOvers) {
            line("%-9s %s", takeOvers.indexOf(takeOver) == 0 ? "take-over" : "", sentence(takeOver));
        }
        for (String complaint : verdict.complaints()) {
            line("%s", ink.bad("! " + complaint));
        }
        line("%s", verdict.holds() ? ink.good("Two watching clients saw every accepted bid once, in the same order. All in " + seconds(tookMs) + ".")
            : ink.bad("The promise was broken."));
    }

    private String count(long n, String what) {
        String text = n + " " + what;
        return n == 0 ? ink.good(text) : ink.bad(text);
    }

    private static String seconds(long ms) {
        return String.format(Locale.ROOT, ms % 1_000 == 0 ? "%.0f s" : "%.1f s", ms / 1_000.0);
    }

    private static String shortUid(String uid) {
        return uid.substring(0, Math.min(4, uid.length()));
    }
}
