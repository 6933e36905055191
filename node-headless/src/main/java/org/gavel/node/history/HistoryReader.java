package org.gavel.node.history;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.wire.MalformedException;

/** Reads the lines of a history and joins calls with their answers, auction by auction. */
final class HistoryReader {
    /** About a gigabyte of operations in memory. */
    static final int LINES_MAX = 5_000_000;

    /** What one process has under way. */
    private record Open(Op op, String auction, Uid client, long amountCents, int line) { }

    /** The operations of one auction as they come in. */
    private static final class Draft {
        private Terms terms;
        private final List<Operation> operations = new ArrayList<>();
    }

    private final Map<String, Open> open = new LinkedHashMap<>();
    private final Map<String, Draft> drafts = new LinkedHashMap<>();
    private int line;

    private HistoryReader() { }

    static List<AuctionHistory> read(BufferedReader in) throws IOException, HistoryFormatException {
        HistoryReader reader = new HistoryReader();
        for (String text = in.readLine(); text != null; text = in.readLine()) {
            reader.line++;
            if (reader.line > LINES_MAX) {
                throw new HistoryFormatException(reader.line, "a history has at most " + LINES_MAX + " lines; check it in parts, auction by auction");
            }
            if (!text.isBlank()) {
                reader.take(text);
            }
        }
        return reader.end();
    }

    private void take(String text) throws HistoryFormatException {
        try {
            HistoryEvent event = HistoryEvent.parse(text);
            switch (event.type()) {
                case TERMS -> onTerms(event);
                case INVOKE -> onInvoke(event);
                default -> onReturn(event);
            }
        } catch (MalformedException e) {
            throw new HistoryFormatException(line, e.getMessage(), e);
        }
    }

    private void onTerms(HistoryEvent event) throws MalformedException {
        Draft draft = draft(event.auction());
        Terms terms = Terms.fromJson(event.value());
        if (draft.terms != null && !draft.terms.equals(terms)) {
            throw new MalformedException("the terms of " + event.auction() + " were named before, and others");
        }
        draft.terms = terms;
    }

    private void onInvoke(HistoryEvent event) throws MalformedException {
        Open before = open.get(event.process());
        if (before != null) {
            throw new MalformedException("process " + event.process() + " calls again, though what it called in line " + before.line()
                + " is not answered; a process does one thing at a time, and none after an info");
        }
        open.put(event.process(), new Open(event.op(), event.auction(), event.client(), event.op() == Op.BID ? event.value().number("amountCents") : 0, line));
        draft(event.auction());
    }

    private void onReturn(HistoryEvent event) throws MalformedException {
        Open called = open.get(event.process());
        if (called == null || called.op() != event.op() || !called.auction().equals(event.auction()) || !called.client().equals(event.client())) {
            throw new MalformedException("process " + event.process() + " is answered, but called nothing of that kind");
        }
        switch (event.type()) {
            case OK -> {
                open.remove(event.process());
                add(event.process(), called, Answer.fromJson(event.op(), event.value()), line);
            }
            case FAIL -> open.remove(event.process());
            // The process stays open for ever: what it called may take effect at any later time.
            default -> { }
        }
    }

    private void add(String process, Open called, Answer answer, int returnedAt) {
        draft(called.auction()).operations.add(
            new Operation(process, called.op(), called.client(), called.amountCents(), answer, called.line(), returnedAt));
    }

    private Draft draft(String auction) {
        return drafts.computeIfAbsent(auction, a -> new Draft());
    }

    private List<AuctionHistory> end() {
        open.forEach((process, called) -> {
            if (called.op() != Op.RESULT) {
                add(process, called, null, Operation.NEVER);
            }
        });
        List<AuctionHistory> histories = new ArrayList<>();
        drafts.forEach((auction, draft) -> {
            draft.operations.sort(Comparator.comparingInt(Operation::invokedAt));
            histories.add(new AuctionHistory(auction, draft.terms, List.copyOf(draft.operations)));
        });
        return histories;
    }
}
