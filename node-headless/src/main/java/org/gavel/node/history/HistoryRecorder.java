package org.gavel.node.history;

import com.google.gson.JsonObject;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.gavel.node.history.HistoryEvent.Type;
import org.gavel.protocol.client.AuctionEvent;
import org.gavel.protocol.client.AuctionListener;
import org.gavel.protocol.client.BidResult;
import org.gavel.protocol.client.ClientException;
import org.gavel.protocol.client.JoinResult;
import org.gavel.protocol.client.LeaveResult;
import org.gavel.protocol.client.Outcome;
import org.gavel.protocol.client.RefusedException;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.wire.JsonFields;
import org.gavel.protocol.wire.MalformedException;

/**
 * Writes what clients ask and are told, as lines of a history. May be called from any thread: a call's line is written before the call is
 * made, an answer's after the answer came, so that the order of the lines is one that really was.
 */
public final class HistoryRecorder implements Closeable {
    /** Operations under way at once, those whose end nobody knows included. */
    public static final int PROCESSES_MAX = 1_000_000;
    private static final int AUCTIONS_MAX = 100_000;

    private final Writer out;
    private final LongSupplier clockMicros;
    private final String name;
    private final boolean flushesLines;
    private final PriorityQueue<Integer> freeProcesses = new PriorityQueue<>();
    private final Set<String> auctionsWithTerms = new HashSet<>();
    private int processes;
    private IOException failure;
    private boolean closed;

    /**
     * @param out          owned: closed with the recorder
     * @param clockMicros  for people
     * @param name         no other recorder that writes to the same history has it
     * @param flushesLines each line leaves at once, where several programs write one history
     */
    public HistoryRecorder(Writer out, LongSupplier clockMicros, String name, boolean flushesLines) {
        this.out = out;
        this.clockMicros = clockMicros;
        this.name = name;
        this.flushesLines = flushesLines;
    }

    /** One operation under way. */
    public static final class Call {
        private final String process;
        private final int place;
        private final Op op;
        private final String auction;
        private final Uid client;

        private Call(String process, int place, Op op, String auction, Uid client) {
            this.process = process;
            this.place = place;
            this.op = op;
            this.auction = auction;
            this.client = client;
        }
    }

    /** What the auction was started with; written once, however often it is told. */
    public synchronized void terms(String auction, Terms terms) {
        if (auctionsWithTerms.size() < AUCTIONS_MAX && auctionsWithTerms.add(auction)) {
            write("", Type.TERMS, null, auction, Uid.NOBODY, terms.toJson());
        }
    }

    /** True if this recorder has written the auction's terms. */
    synchronized boolean knows(String auction) {
        return auctionsWithTerms.contains(auction);
    }

    /** Makes the bid and writes down its call and its answer. */
    public CompletableFuture<BidResult> bid(String auction, Uid client, long amountCents, Supplier<CompletableFuture<BidResult>> bid) {
        return record(Op.BID, auction, client, amountCents, bid);
    }

    public CompletableFuture<JoinResult> join(String auction, Uid client, Supplier<CompletableFuture<JoinResult>> join) {
        return record(Op.JOIN, auction, client, 0, join);
    }

    public CompletableFuture<LeaveResult> leave(String auction, Uid client, Supplier<CompletableFuture<LeaveResult>> leave) {
        return record(Op.LEAVE, auction, client, 0, leave);
    }

    /** Listens along: learns the terms, and how the auction ended. */
    public AuctionListener listener(String auction, Uid client, AuctionListener listener) {
        return new Listening(listener, invoke(Op.RESULT, auction, client, 0));
    }

    private <T> CompletableFuture<T> record(Op op, String auction, Uid client, long amountCents, Supplier<CompletableFuture<T>> operation) {
        Call call = invoke(op, auction, client, amountCents);
        CompletableFuture<T> answer = operation.get();
        boolean atOnce = answer.isCompletedExceptionally();
        return answer.whenComplete((result, failed) -> {
            if (failed == null) {
                answered(call, result);
            } else {
                // Refused before it was sent: only then it is certain that it takes no effect.
                failed(call, failed.getMessage(), atOnce && failed instanceof RefusedException);
            }
        });
    }

    // ---------------------------------------------------------------- the same, step by step

    /** @param amountCents of a bid, else 0 */
    public synchronized Call invoke(Op op, String auction, Uid client, long amountCents) {
        int place = freeProcesses.isEmpty() ? ++processes : freeProcesses.poll();
        if (processes > PROCESSES_MAX && failure == null) {
            failure = new IOException("more than " + PROCESSES_MAX + " operations are under way; the history ends here");
        }
        Call call = new Call(name + "." + place, place, op, auction, client);
        JsonObject asked = new JsonObject();
        if (op == Op.BID) {
            asked.addProperty("amountCents", amountCents);
        }
        write(call.process, Type.INVOKE, op, auction, client, asked);
        return call;
    }

    /**
     * The answer came. Place 0 in it means that the client library knew the auction to be over, and sent nothing.
     *
     * @param result a {@link BidResult}, {@link JoinResult} or {@link LeaveResult}
     */
    public void answered(Call call, Object result) {
        Answer told = result instanceof BidResult bid ? answer(bid) : result instanceof JoinResult join ? Answer.done(join.seq())
            : Answer.done(((LeaveResult) result).seq());
        if (told.seq() == 0) {
            failed(call, "the auction is over", true);
        } else {
            returned(call, Type.OK, told.toJson(call.op));
        }
    }

    /** @param certain it takes no effect; else nobody knows */
    public void failed(Call call, String reason, boolean certain) {
        JsonObject json = new JsonObject();
        json.addProperty("reason", String.valueOf(reason));
        returned(call, certain ? Type.FAIL : Type.INFO, json);
    }

    /** An event of the auction's order reached a client whose {@link Op#RESULT} is under way; true if that is answered by it. */
    public boolean heard(Call result, AuctionEvent event) {
        switch (event.type()) {
            case "snapshot" -> learnTerms(result.auction, event.outcome());
            case "closed" -> {
                Outcome end = event.outcome();
                boolean cancelled = end.type().equals("cancelled");
                // The INM's word when all nodes of an auction are gone: it knows no standing, and its zeros claim none.
                boolean standing = !cancelled || end.endsAtMs() > 0;
                returned(result, Type.OK, new Answer(true, event.seq(), standing ? end.priceCents() : Answer.ABSENT, Answer.ABSENT,
                    standing ? end.bids() : Answer.ABSENT, uid(end.winner()), end.sold(), cancelled).toJson(Op.RESULT));
                return true;
            }
            default -> { }
        }
        return false;
    }

    private static Answer answer(BidResult result) {
        Outcome outcome = result.outcome();
        return new Answer(result.accepted(), result.seq(), outcome.priceCents(), outcome.minimumCents(), outcome.bids(),
            uid(outcome.text("leader", null)), false, false);
    }

    private static Uid uid(String hex) {
        return hex == null ? null : hex.isEmpty() ? Uid.NOBODY : Uid.parseHex(hex);
    }

    private void learnTerms(String auction, Outcome snapshot) {
        String item = snapshot.text("item", "");
        if (item.isEmpty()) {
            return;
        }
        try {
            JsonFields prices = JsonFields.of(JsonFields.element(item, "the item"), "the item");
            terms(auction, new Terms(prices.number("startPriceCents"), prices.number("incrementCents"), prices.numberOr("reserveCents", null),
                uid(snapshot.text("seller", ""))));
        } catch (MalformedException e) {
            synchronized (this) {
                failure = new IOException("a snapshot that cannot be read: " + e.getMessage(), e);
            }
        }
    }

    private synchronized void returned(Call call, Type type, JsonObject value) {
        write(call.process, type, call.op, call.auction, call.client, value);
        if (type != Type.INFO) {
            freeProcesses.add(call.place);
        }
    }

    private void write(String process, Type type, Op op, String auction, Uid client, JsonObject value) {
        if (failure != null || closed) {
            return;
        }
        try {
            // One write a line: programs that append to one file do not mix theirs.
            out.write(HistoryEvent.line(clockMicros.getAsLong(), process, type, op, auction, client, value) + "\n");
            if (flushesLines) {
                out.flush();
            }
        } catch (IOException e) {
            failure = e;
        }
    }

    /**
     * Ends the history; what is under way stays without an answer in it.
     *
     * @throws IOException if a line could not be written, now or before: the history is of no use then
     */
    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        out.close();
        if (failure != null) {
            throw failure;
        }
    }

    private final class Listening implements AuctionListener {
        private final AuctionListener listener;
        private final Call result;
        private boolean told;

        Listening(AuctionListener listener, Call result) {
            this.listener = listener;
            this.result = result;
        }

        @Override
        public void onEvent(AuctionEvent event) {
            told |= !told && heard(result, event);
            listener.onEvent(event);
        }

        @Override
        public void onNotice(String code, String sentence) {
            listener.onNotice(code, sentence);
        }

        @Override
        public void onEnd(ClientException failed) {
            listener.onEnd(failed);
        }
    }
}
