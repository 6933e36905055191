package org.gavel.desktop.auctions;

import org.gavel.node.client.Durations;
import org.gavel.protocol.auction.Money;
import org.gavel.protocol.client.ItemInfo;
import org.gavel.protocol.client.StartRequest;

/** The start form: what is wrong with each field, and the request once nothing is. An empty price means the catalogue's. */
final class StartModel {
    /** Proposed when the form opens. */
    static final String DURATION = "60s";

    private ItemInfo item;
    private String duration = DURATION;
    private String startPrice = "";
    private String reserve = "";
    private boolean mine;

    void item(ItemInfo newItem) {
        item = newItem;
    }

    void duration(String text) {
        duration = text.strip();
    }

    void startPrice(String text) {
        startPrice = text.strip();
    }

    void reserve(String text) {
        reserve = text.strip();
    }

    /** @param isMine the person sells it, and so cannot bid; else the house does */
    void mine(boolean isMine) {
        mine = isMine;
    }

    ItemInfo item() {
        return item;
    }

    String itemComplaint() {
        return item == null ? "choose an item" : "";
    }

    String durationComplaint() {
        try {
            Durations.parse(duration, 1);
            return "";
        } catch (IllegalArgumentException e) {
            return duration.isEmpty() ? "how long shall it run? write it like 60s, 2m or 1h" : e.getMessage();
        }
    }

    String startPriceComplaint() {
        return complaint(startPrice);
    }

    String reserveComplaint() {
        String complaint = complaint(reserve);
        if (!complaint.isEmpty() || reserve.isEmpty()) {
            return complaint;
        }
        Long start = startPrice.isEmpty() ? item == null ? null : (Long) item.startPriceCents() : complaint(startPrice).isEmpty() ? (Long) Money.parse(startPrice) : null;
        return start != null && Money.parse(reserve) < start ? "a reserve below the start price of " + Money.format(start) + " protects nothing" : "";
    }

    private static String complaint(String amount) {
        try {
            if (!amount.isEmpty()) {
                Money.parse(amount);
            }
            return "";
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    boolean isComplete() {
        return itemComplaint().isEmpty() && durationComplaint().isEmpty() && startPriceComplaint().isEmpty() && reserveComplaint().isEmpty();
    }

    StartRequest request() {
        return new StartRequest(item.id(), Durations.parse(duration, 1), null, startPrice.isEmpty() ? null : Money.parse(startPrice),
            reserve.isEmpty() ? null : Money.parse(reserve), !mine);
    }
}
