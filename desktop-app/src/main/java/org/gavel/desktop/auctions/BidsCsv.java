package org.gavel.desktop.auctions;

import java.util.List;
import org.gavel.protocol.auction.Money;

/** Bids as comma-separated values (RFC 4180), the oldest first. */
final class BidsCsv {
    private static final String HEAD = "auction,number,auction time ms,bidder,own,amount,accepted,reason\r\n";

    private BidsCsv() { }

    /** @param newestFirst as the ladder shows them */
    static String of(String auctionId, List<BidLine> newestFirst) {
        StringBuilder csv = new StringBuilder(HEAD);
        for (int i = newestFirst.size() - 1; i >= 0; i--) {
            BidLine bid = newestFirst.get(i);
            csv.append(quoted(auctionId)).append(',').append(bid.seq()).append(',').append(bid.timeMs()).append(',').append(quoted(bid.bidder())).append(',')
                .append(bid.own()).append(',').append(Money.format(bid.amountCents())).append(',').append(bid.accepted()).append(',').append(quoted(bid.reason()))
                .append("\r\n");
        }
        return csv.toString();
    }

    /** A text that a spreadsheet would take for a formula gets an apostrophe in front: names come from strangers. */
    private static String quoted(String text) {
        String safe = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return '"' + safe.replace("\"", "\"\"") + '"';
    }
}
