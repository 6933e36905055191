package org.gavel.desktop.auctions;

import java.util.List;
import org.gavel.desktop.feed.Market;
import org.gavel.desktop.model.ClusterView;
import org.gavel.protocol.client.AuctionEvent;
import org.gavel.protocol.client.AuctionInfo;
import org.gavel.protocol.client.AuctionList;
import org.gavel.protocol.client.ClusterStatus;
import org.gavel.protocol.client.ItemInfo;
import org.gavel.protocol.client.Outcome;

/** Auctions as tests need them. */
final class Auctions {
    static final String ME = "0000000000000007";
    static final String NOA = "00000000000000aa";

    private Auctions() { }

    static AuctionInfo info(String auctionId, String itemId, String state, long priceCents, String leader, long bids, long endsInMs) {
        return new AuctionInfo(auctionId, itemId, state, state.equals("electing") ? null : "000000000000000b", List.of(), priceCents, leader, bids, endsInMs, null);
    }

    static Market market(long atMs, AuctionInfo... auctions) {
        List<ItemInfo> items = List.of(new ItemInfo("lamp", "Banker's lamp", null, 4_000, 500, null), new ItemInfo("vase", "Vase", "blue", 9_000, 1_000, 12_000L));
        return new Market(new AuctionList(items, List.of(auctions), null), new ClusterStatus("test", "1.1", null, List.of(), List.of(auctions), null), atMs, "");
    }

    static ClusterView view(long nowMs, Market market) {
        ClusterView none = ClusterView.EMPTY;
        return new ClusterView(nowMs, ClusterView.Connection.HEARD, List.of(), List.of(), none.leaders(), "1.1", 0, List.of(), List.of(), List.of(), null, "", 0, 0, 0, market);
    }

    static AuctionEvent event(String auctionId, long seq, long timeMs, String json) {
        return AuctionEvent.of(auctionId, seq, timeMs, Outcome.of(json), false);
    }

    static AuctionEvent bid(String auctionId, long seq, long timeMs, String by, String name, long cents) {
        return event(auctionId, seq, timeMs, "{\"type\":\"bid\",\"result\":\"accepted\",\"by\":\"" + by + "\",\"name\":\"" + name + "\",\"amountCents\":" + cents
            + ",\"priceCents\":" + cents + ",\"leader\":\"" + by + "\",\"leaderName\":\"" + name + "\",\"minimumCents\":" + (cents + 500) + ",\"bids\":" + seq
            + ",\"endsAtMs\":60000}");
    }

    static AuctionEvent closed(String auctionId, long seq, String winner, String name, long cents) {
        return event(auctionId, seq, 60_000, "{\"type\":\"closed\",\"result\":\"accepted\",\"sold\":" + !winner.isEmpty() + ",\"winner\":\"" + winner + "\",\"winnerName\":\"" + name
            + "\",\"priceCents\":" + cents + ",\"leader\":\"" + winner + "\",\"leaderName\":\"" + name + "\",\"minimumCents\":" + (cents + 500) + ",\"bids\":3,\"endsAtMs\":60000}");
    }
}
