package org.gavel.protocol.auction;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gavel.protocol.auction.Outcome.Result;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.wire.MalformedException;

/**
 * One auction, as the replicated state of its group: equal commands in equal order give equal states and outcomes. Total: whatever the
 * bytes of a command are, it is accepted, rejected or void, and only an accepted one changes anything but the auction's time.
 */
public final class AuctionState {
    /** A snapshot with that many participants, each at most 205 bytes, escaped twice, stays below the 1 MiB of a message. */
    public static final int PARTICIPANTS_MAX = 4_096;
    /** Auction time is capped far from overflow; no auction gets there. */
    private static final long TIME_MS_MAX = Long.MAX_VALUE / 4;

    private final Map<Uid, Participant> participants = new LinkedHashMap<>();
    private AuctionTerms terms;
    private AuctionPhase phase = AuctionPhase.PENDING;
    private Standing standing = Standing.NONE;
    private long timeMs;
    private boolean sold;
    private String reason = "";

    /**
     * Applies the command of one committed entry.
     *
     * @param entryTimeMs auction time of the entry; time never goes back
     * @param client      who submitted it; NOBODY: the auctioneer itself
     * @param body        JSON of the command
     */
    public Outcome apply(long entryTimeMs, Uid client, byte[] body) {
        timeMs = Math.max(timeMs, Math.min(entryTimeMs, TIME_MS_MAX));
        AuctionCommand command;
        try {
            command = AuctionCommand.parse(body);
        } catch (MalformedException e) {
            return outcome("unknown", Result.REJECTED, client, 0, e.getMessage() + "; such a command changes nothing");
        }
        switch (command.type()) {
            case "bid" -> {
                return client.isNobody() ? foreign(command, client, "comes from a client") : bid(client, command);
            }
            case "join" -> {
                return client.isNobody() ? foreign(command, client, "comes from a client") : join(client, command.name());
            }
            case "leave" -> {
                return client.isNobody() ? foreign(command, client, "comes from a client") : leave(client);
            }
            case "open" -> {
                return client.isNobody() ? open(command.terms()) : foreign(command, client, "is the auctioneer's alone");
            }
            case "close" -> {
                return client.isNobody() ? close() : foreign(command, client, "is the auctioneer's alone");
            }
            case "cancel" -> {
                return client.isNobody() ? cancel(command.reason()) : foreign(command, client, "is the auctioneer's alone");
            }
            default -> {
                return outcome("unknown", Result.REJECTED, client, 0,
                        "an auction knows no such command; it knows join, leave and bid");
            }
        }
    }

    private Outcome foreign(AuctionCommand command, Uid client, String rule) {
        return outcome(command.type(), Result.REJECTED, client, command.amountCents(), command.type() + " " + rule);
    }

    private Outcome open(AuctionTerms opened) {
        if (phase != AuctionPhase.PENDING) {
            return outcome("open", Result.VOID, Uid.NOBODY, 0, "the auction was opened before");
        }
        terms = opened;
        standing = Standing.opening(opened.item(), timeMs + opened.durationMs());
        phase = AuctionPhase.RUNNING;
        return outcome("open", Result.ACCEPTED, Uid.NOBODY, 0, "");
    }

    private Outcome join(Uid client, String name) {
        String refusal = AuctionRules.takesNothing(this, timeMs);
        if (refusal == null) {
            refusal = admissionRefusal(client, name);
        }
        if (refusal != null) {
            return outcome("join", Result.REJECTED, client, 0, refusal);
        }
        Participant known = participants.get(client);
        String shown = shownName(client, name, known);
        participants.put(client, new Participant(client, shown, known == null ? 0 : known.bids()));
        if (client.equals(standing.leader())) {
            standing = standing.withLeaderName(shown);
        }
        return outcome("join", Result.ACCEPTED, client, 0, "");
    }

    /** Why this client cannot be put on the list under this name; null if it can. */
    private String admissionRefusal(Uid client, String name) {
        if (participants.size() >= PARTICIPANTS_MAX && !participants.containsKey(client)) {
            return "this auction has its " + PARTICIPANTS_MAX + " participants, more cannot be kept; try again when somebody has left";
        }
        return Participant.nameComplaint(name).orElse(null);
    }

    private static String shownName(Uid client, String name, Participant known) {
        if (!name.isBlank()) {
            return name;
        }
        return known != null ? known.name() : client.shortForm();
    }

    private Outcome leave(Uid client) {
        Participant leaver = participants.remove(client);
        if (leaver == null) {
            return outcome("leave", Result.REJECTED, client, 0, "you do not take part in this auction, there is nothing to leave");
        }
        // A leader's bid stands: leaving takes back no bid.
        return new Outcome("leave", Result.ACCEPTED, client, leaver.name(), 0, standing, false, "");
    }

    private Outcome bid(Uid client, AuctionCommand command) {
        long amountCents = command.amountCents();
        String refusal = AuctionRules.bidRefusal(this, timeMs, client, amountCents);
        Participant bidder = participants.get(client);
        if (refusal == null && bidder == null) {
            refusal = admissionRefusal(client, command.name());
        }
        if (refusal != null) {
            return outcome("bid", Result.REJECTED, client, amountCents, refusal);
        }
        if (bidder == null) {
            bidder = new Participant(client, shownName(client, command.name(), null), 0);
        }
        participants.put(client, bidder.withBid());
        standing = standing.withBid(amountCents, client, bidder.name(), terms.item().incrementCents(),
                AuctionRules.endAfterBid(terms, standing.endsAtMs(), timeMs));
        return new Outcome("bid", Result.ACCEPTED, client, bidder.name(), amountCents, standing, false, "");
    }

    private Outcome close() {
        if (phase != AuctionPhase.RUNNING) {
            return outcome("close", Result.VOID, Uid.NOBODY, 0, phase == AuctionPhase.PENDING ? "the auction has not opened yet"
                    : "the auction was " + phase.word() + " before");
        }
        if (timeMs < standing.endsAtMs()) {
            return outcome("close", Result.VOID, Uid.NOBODY, 0, "it is " + timeMs + " ms, the end is at " + standing.endsAtMs() + " ms");
        }
        phase = AuctionPhase.CLOSED;
        sold = AuctionRules.isSold(terms, standing);
        if (!sold) {
            reason = standing.bids() == 0 ? "nobody bid" : "the reserve of " + Money.format(terms.item().reserveCents()) + " was not reached";
        }
        return outcome("closed", Result.ACCEPTED, Uid.NOBODY, 0, reason);
    }

    private Outcome cancel(String why) {
        if (phase.isOver()) {
            return outcome("cancel", Result.VOID, Uid.NOBODY, 0, "the auction was " + phase.word() + " before");
        }
        phase = AuctionPhase.CANCELLED;
        reason = why.isBlank() ? "no reason was given" : why;
        return outcome("cancelled", Result.ACCEPTED, Uid.NOBODY, 0, reason);
    }

    private Outcome outcome(String type, Result result, Uid by, long amountCents, String sentence) {
        Participant participant = participants.get(by);
        String name = participant != null ? participant.name() : by.isNobody() ? "" : by.shortForm();
        return new Outcome(type, result, by, name, amountCents, standing, sold && type.equals("closed"), sentence);
    }

    /** Null while pending. */
    public AuctionTerms terms() {
        return terms;
    }

    public AuctionPhase phase() {
        return phase;
    }

    public Standing standing() {
        return standing;
    }

    /** Auction time of the latest entry applied, ms since open. */
    public long timeMs() {
        return timeMs;
    }

    public boolean sold() {
        return sold;
    }

    /** Why it was cancelled or not sold, else empty. */
    public String reason() {
        return reason;
    }

    public Optional<Participant> participant(Uid uid) {
        return Optional.ofNullable(participants.get(uid));
    }

    /** In the order of their joining. */
    public List<Participant> participants() {
        return List.copyOf(participants.values());
    }

    /** The result as the INM stores it: the outcome of the entry that ended the auction; empty while it runs. */
    public Optional<Outcome> result() {
        return phase.isOver()
                ? Optional.of(outcome(phase == AuctionPhase.CLOSED ? "closed" : "cancelled", Result.ACCEPTED, Uid.NOBODY, 0, reason))
                : Optional.empty();
    }

    public AuctionSnapshot snapshot() {
        return new AuctionSnapshot(terms, phase, standing, timeMs, sold, reason, participants());
    }

    /** Puts a snapshot's state in place of the present one. */
    public void restore(AuctionSnapshot snapshot) {
        terms = snapshot.terms();
        phase = snapshot.phase();
        standing = snapshot.standing();
        timeMs = snapshot.timeMs();
        sold = snapshot.sold();
        reason = snapshot.reason();
        participants.clear();
        snapshot.participants().forEach(p -> participants.put(p.uid(), p));
    }
}
