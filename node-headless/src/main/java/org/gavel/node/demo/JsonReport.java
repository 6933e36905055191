package org.gavel.node.demo;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.function.Consumer;
import org.gavel.protocol.client.ClusterStatus;
import org.gavel.protocol.client.ItemInfo;
import org.gavel.protocol.client.NodeInfo;
import org.gavel.protocol.client.StartResult;

/** One object a line, each with its {@code event}. */
final class JsonReport implements DemoReport {
    private static final Gson GSON = new Gson();

    private final Consumer<String> out;

    JsonReport(Consumer<String> out) {
        this.out = out;
    }

    /** Names and values in turn. */
    private void line(String event, Object... fields) {
        JsonObject json = new JsonObject();
        json.addProperty("event", event);
        for (int i = 0; i < fields.length; i += 2) {
            JsonElement value = GSON.toJsonTree(fields[i + 1]);
            json.add((String) fields[i], value);
        }
        out.accept(GSON.toJson(json));
    }

    @Override
    public void starting(int nodes, int port) {
        line("starting", "nodes", nodes, "port", port);
    }

    @Override
    public void ring(ClusterStatus status, long afterMs) {
        line("ring", "afterMs", afterMs, "viewId", status.viewId(), "inm", status.inm(), "nodes", status.nodes());
    }

    @Override
    public void auction(StartResult started, ItemInfo item, long durationMs, List<String> bidders, ClusterStatus status) {
        line("auction", "auctionId", started.auctionId(), "itemId", item.id(), "durationMs", durationMs, "bidders", bidders, "nodes", status.nodes());
    }

    @Override
    public void standing(long bids, long priceCents, String leaderName) {
        line("standing", "bids", bids, "priceCents", priceCents, "leader", leaderName);
    }

    @Override
    public void killing(NodeInfo node) {
        line("kill", "node", node.name(), "uid", node.uid(), "role", node.role());
    }

    @Override
    public void story(List<Line> lines, int leftOut) {
        lines.forEach(l -> line("trace", "afterMs", l.afterMs(), "node", l.node(), "protocol", l.protocol(), "kind", l.kind(), "sentence", l.sentence()));
    }

    @Override
    public void takeOver(TakeOver takeOver) {
        line("takeOver", "what", takeOver.what(), "killed", takeOver.killed(), "successor", takeOver.successor(), "ms", takeOver.ms());
    }

    @Override
    public void notice(String sentence) {
        line("notice", "sentence", sentence);
    }

    @Override
    public void verdict(Verdict verdict, String auctionId, List<TakeOver> takeOvers, long tookMs) {
        line("verdict", "auctionId", auctionId, "winner", verdict.winner(), "winnerName", verdict.winnerName(), "priceCents", verdict.priceCents(),
            "sent", verdict.sent(), "accepted", verdict.accepted(), "rejected", verdict.rejected(), "unanswered", verdict.unanswered(),
            "lost", verdict.lost(), "doubled", verdict.doubled(), "takeOvers", takeOvers, "holds", verdict.holds(), "complaints", verdict.complaints(),
            "tookMs", tookMs);
    }
}
