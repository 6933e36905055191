package org.gavel.desktop.auctions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.gavel.desktop.auctions.AuctionRow.Mine;
import org.gavel.desktop.feed.Market;
import org.gavel.desktop.model.ClusterView;
import org.gavel.desktop.model.GroupView;
import org.gavel.desktop.screen.BoardLine;
import org.gavel.protocol.auction.Money;
import org.gavel.protocol.client.AuctionInfo;
import org.gavel.protocol.client.AuctionListener;
import org.gavel.protocol.client.ItemInfo;
import org.gavel.protocol.client.Outcome;

/**
 * The board: what the INM says of all auctions, and, of those that run, what their own ordered events say, which is newer. Knows no control; used on
 * one thread.
 */
final class AuctionsModel {
    /** Auctions followed event by event; of more the INM's word, a second old, is shown. */
    static final int FOLLOWED_MAX = 32;
    /** Auctions remembered after their end. */
    static final int BOOKS_MAX = 256;
    private static final Set<String> OVER = Set.of("finished", "cancelled", "lapsed");

    private final String me;
    private final BiConsumer<String, AuctionListener> watch;
    private final Map<String, AuctionInbox> inboxes = new LinkedHashMap<>();
    private final Map<String, AuctionBook> books = new LinkedHashMap<>();
    /** Whose following broke off, and the age of the INM's word at that time: with the next word it is tried again. */
    private final Map<String, Long> brokenOff = new LinkedHashMap<>();
    private final Map<String, String> notices = new LinkedHashMap<>();
    private final Map<String, Mine> before = new LinkedHashMap<>();
    private final Map<String, ItemInfo> items = new TreeMap<>();
    private List<AuctionRow> rows = List.of();
    private List<Happening> happenings = new ArrayList<>();

    /**
     * @param me    uid of the person at the window, 16 hex digits
     * @param watch follows an auction; events may come on any thread
     */
    AuctionsModel(String me, BiConsumer<String, AuctionListener> watch) {
        this.me = me;
        this.watch = watch;
    }

    /** Takes in what has come since the last tick, and makes the rows anew. */
    void tick(ClusterView view) {
        Market market = view.market();
        if (market.list() != null) {
            market.list().items().forEach(item -> items.put(item.id(), item));
        }
        Map<String, AuctionInfo> infos = infos(market);
        follow(infos, market.atMs());
        inboxes.forEach((id, inbox) -> absorb(id, inbox.take(), view.nowMs(), market.atMs()));
        inboxes.keySet().removeAll(brokenOff.keySet());
        inboxes.keySet().removeIf(id -> books.get(id).isClosed());
        List<AuctionRow> next = new ArrayList<>();
        infos.forEach((id, info) -> next.add(row(info, view)));
        next.sort((a, b) -> a.isOver() != b.isOver() ? Boolean.compare(a.isOver(), b.isOver()) : a.auctionId().compareTo(b.auctionId()));
        rows = List.copyOf(next);
        rows.forEach(this::compare);
    }

    private static Map<String, AuctionInfo> infos(Market market) {
        Map<String, AuctionInfo> infos = new TreeMap<>();
        if (market.list() != null) {
            market.list().auctions().forEach(info -> infos.put(info.auctionId(), info));
        }
        if (market.status() != null) {
            market.status().auctions().forEach(info -> infos.put(info.auctionId(), info));
        }
        return infos;
    }

    private void follow(Map<String, AuctionInfo> infos, long marketMs) {
        brokenOff.values().removeIf(sinceMs -> marketMs > sinceMs);
        for (AuctionInfo info : infos.values()) {
            String id = info.auctionId();
            boolean open = !OVER.contains(info.state()) && (!books.containsKey(id) || !books.get(id).isClosed());
            if (open && !inboxes.containsKey(id) && !brokenOff.containsKey(id) && inboxes.size() < FOLLOWED_MAX) {
                AuctionInbox inbox = new AuctionInbox();
                inboxes.put(id, inbox);
                books.putIfAbsent(id, new AuctionBook(me));
                watch.accept(id, inbox);
            }
        }
        Set<String> oldest = new LinkedHashSet<>(books.keySet());
        for (String id : oldest) {
            if (books.size() > BOOKS_MAX && !infos.containsKey(id)) {
                books.remove(id);
                notices.remove(id);
                brokenOff.remove(id);
                before.remove(id);
            }
        }
    }

    private void absorb(String id, AuctionInbox.Mail mail, long nowMs, long marketMs) {
        AuctionBook book = books.get(id);
        mail.events().forEach(event -> book.absorb(event, nowMs));
        if (!mail.failure().isEmpty()) {
            // Whoever asked a manager that did not know the auction yet was told that there is none: what is listed is followed all the same.
            brokenOff.put(id, marketMs);
        }
        if (!mail.code().isEmpty()) {
            notices.put(id, mail.code().equals("resumed") ? "" : mail.notice());
        }
    }

    private AuctionRow row(AuctionInfo info, ClusterView view) {
        AuctionBook book = books.get(info.auctionId());
        boolean known = book != null && !book.isEmpty();
        boolean over = OVER.contains(info.state()) || known && book.isClosed();
        boolean electing = view.group(info.auctionId()).map(GroupView::electing).orElse(info.active() == null);
        String state = over ? AuctionRow.OVER : electing ? "electing" : info.state();
        boolean newer = known && book.priceCents() != Outcome.ABSENT && book.bids() >= info.bids();
        long price = newer ? book.priceCents() : over || GroupView.isReported(info) ? info.priceCents() : -1;
        String leader = newer ? book.leaderName() : info.leader() == null ? "" : info.leader();
        boolean iLead = known && book.iLead();
        return new AuctionRow(info.auctionId(), title(info), state, price, iLead ? "you" : leader, newer ? book.bids() : info.bids(),
            over ? -1 : newer ? book.minimumCents() : -1, over ? 0 : remaining(info, book, view.market()).at(view.nowMs(), !state.equals("running")),
            !over && (!state.equals("running") || view.isStale()), mine(info, book, over), over ? result(info, book) : "");
    }

    private static Remaining remaining(AuctionInfo info, AuctionBook book, Market market) {
        Remaining told = GroupView.isReported(info) ? new Remaining(info.endsInMs(), market.atMs()) : Remaining.UNKNOWN;
        boolean newer = book != null && book.leftMs() != Outcome.ABSENT && (told == Remaining.UNKNOWN || book.heardMs() > market.atMs());
        return newer ? new Remaining(book.leftMs(), book.heardMs()) : told;
    }

    private static boolean isCancelled(AuctionInfo info, AuctionBook book) {
        return info.state().equals("cancelled") || book != null && book.closing() != null && book.closing().type().equals("cancelled");
    }

    private Mine mine(AuctionInfo info, AuctionBook book, boolean over) {
        if (book == null || book.isEmpty()) {
            return Mine.NOTHING;
        }
        boolean sold = book.closing() != null && book.closing().sold();
        if (over && isCancelled(info, book)) {
            return book.iBid() || book.iSell() ? Mine.CANCELLED : Mine.NOTHING;
        }
        if (book.iSell()) {
            return !over ? Mine.SELLING : sold ? Mine.SOLD : Mine.UNSOLD;
        }
        if (over) {
            return !book.iBid() ? Mine.NOTHING : book.closing() != null && !sold ? Mine.NOBODYS : sold && book.iLead() ? Mine.WON : Mine.LOST;
        }
        return book.iLead() ? Mine.LEADING : book.iBid() ? Mine.OUTBID : book.iJoined() ? Mine.JOINED : Mine.NOTHING;
    }

    /** 'sold to you for 70.00', 'not sold: nobody bid', 'cancelled: ...'. */
    private String result(AuctionInfo info, AuctionBook book) {
        Outcome closing = book == null ? null : book.closing();
        if (info.state().equals("lapsed")) {
            return "never began";
        }
        if (isCancelled(info, book)) {
            return because("cancelled", closing);
        }
        if (closing == null) {
            return info.leader() == null || info.leader().isEmpty() ? "not sold" : "sold to " + info.leader() + " for " + Money.format(info.priceCents());
        }
        if (closing.sold()) {
            return "sold to " + (closing.winner().equals(me) ? "you" : closing.winnerName()) + " for " + Money.format(closing.priceCents());
        }
        return because("not sold", closing);
    }

    private static String because(String what, Outcome closing) {
        String reason = closing == null || closing.reason() == null ? "" : closing.reason();
        return reason.isEmpty() || reason.startsWith(what) ? reason.isEmpty() ? what : reason : what + ": " + reason;
    }

    private void compare(AuctionRow row) {
        Mine was = before.put(row.auctionId(), row.mine());
        if (was == null || was == row.mine()) {
            return;
        }
        String id = row.auctionId();
        switch (row.mine()) {
            case OUTBID -> happenings.add(new Happening(id, "Outbid on " + row.title(), row.leader() + " bids " + Money.format(row.priceCents())
                + "; minimum is now " + Money.format(row.minimumCents()), true));
            case WON -> happenings.add(new Happening(id, "You won " + row.title(), row.result(), false));
            case LOST, NOBODYS, CANCELLED -> happenings.add(new Happening(id, row.title() + " is over", row.result(), false));
            case SOLD, UNSOLD -> happenings.add(new Happening(id, "Your auction of " + row.title() + " is over", row.result(), false));
            default -> { }
        }
    }

    private String title(AuctionInfo info) {
        AuctionBook book = books.get(info.auctionId());
        ItemInfo item = items.get(info.itemId());
        return book != null && !book.title().isEmpty() ? book.title() : item != null ? item.title() : info.itemId();
    }

    /** Running ones first, then by id. */
    List<AuctionRow> rows() {
        return rows;
    }

    /** The same in a few words, for other screens. */
    List<BoardLine> lines(boolean stale) {
        return rows.stream().map(row -> line(row, stale)).toList();
    }

    private BoardLine line(AuctionRow row, boolean stale) {
        BoardLine.Tone tone = row.isOver() ? BoardLine.Tone.OVER : row.mine() == Mine.LEADING ? BoardLine.Tone.GOOD
            : row.mine() == Mine.OUTBID ? BoardLine.Tone.BAD : BoardLine.Tone.PLAIN;
        String waits = row.isOver() || stale ? "" : switch (row.state()) {
            case "electing" -> row.auctionId() + " waits for a leader: bids keep their place and are sent again.";
            case "paused" -> row.auctionId() + " is paused" + (notice(row.auctionId()).isEmpty() ? "." : ": " + notice(row.auctionId()));
            default -> "";
        };
        return new BoardLine(row.auctionId(), row.title(), BoardTable.money(row.priceCents()), bids(row), row.leader(), row.isOver() ? "" : BoardTable.money(row.minimumCents()),
            BoardTable.remaining(row), row.mine().words(), tone, waits);
    }

    private static String bids(AuctionRow row) {
        return row.priceCents() < 0 ? "" : row.bids() + (row.bids() == 1 ? " bid" : " bids");
    }

    /** What has happened since the last call. */
    List<Happening> happenings() {
        List<Happening> all = happenings;
        happenings = new ArrayList<>();
        return all;
    }

    /** The ordered events of an auction; an empty book if it is not followed. */
    AuctionBook book(String auctionId) {
        return books.getOrDefault(auctionId, new AuctionBook(me));
    }

    /** What keeps the auction from going on, as its active or the client says; empty if nothing does. */
    String notice(String auctionId) {
        return notices.getOrDefault(auctionId, "");
    }

    /** An increment of the item; one unit of money while it is not known. */
    long incrementCents(String auctionId, String itemId) {
        long known = book(auctionId).incrementCents();
        return known > 0 ? known : items.containsKey(itemId) ? items.get(itemId).incrementCents() : 100;
    }
}
