package org.gavel.node.history;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.gavel.node.history.AuctionVerdict.Verdict;
import org.gavel.node.history.Linearizer.Deepest;
import org.gavel.node.history.Linearizer.End;
import org.gavel.protocol.auction.Money;

/** Judges histories, auction by auction: an auction's order is its own, so each may be judged alone (Herlihy and Wing, locality). */
public final class HistoryChecker {
    /** Configurations beyond one for each operation, before a search is given up: about 200 MB. */
    public static final long BUDGET = 1_000_000;
    private static final int SENTENCES_MAX = 20;

    private final long budget;

    /** @param budget configurations, beyond one for each operation, that one search may remember */
    public HistoryChecker(long budget) {
        this.budget = budget;
    }

    /**
     * @return one verdict for each auction of the history, in the order in which the history names them
     * @throws HistoryFormatException with a sentence that names the line, if it is no history
     */
    public List<AuctionVerdict> check(BufferedReader lines) throws IOException, HistoryFormatException {
        return HistoryReader.read(lines).stream().map(this::check).toList();
    }

    AuctionVerdict check(AuctionHistory history) {
        if (history.terms() == null) {
            return verdict(history, Verdict.UNKNOWN, "the history does not name the terms of " + history.auction() + "; without them no answer can be judged", 0, List.of());
        }
        // The claimed order first: it leaves the least to be tried, and if it explains everything, there is such an order.
        Search numbered = search(history, true);
        if (numbered.end == End.ORDERED) {
            return verdict(history, Verdict.OK, "", 0, List.of());
        }
        Search free = search(history, false);
        if (free.end == End.IMPOSSIBLE) {
            String sentence = "no order of the operations explains the answers";
            return numbered.end == End.IMPOSSIBLE ? violation(history, numbered, true, sentence) : violation(history, free, false, sentence);
        }
        if (numbered.end == End.IMPOSSIBLE && free.end == End.ORDERED) {
            return violation(history, numbered, true, "an order explains the answers, but not the one that their numbers claim");
        }
        return verdict(history, Verdict.UNKNOWN, "given up after " + (budget + history.operations().size())
            + " configurations; a larger --budget may decide", 0, List.of());
    }

    /** A finished search with its rules. */
    private record Search(SequentialAuction rules, Linearizer linearizer, End end) { }

    private Search search(AuctionHistory history, boolean numbered) {
        List<Operation> operations = Stream.concat(Stream.of(Operation.end()), history.operations().stream()).toList();
        SequentialAuction rules = new SequentialAuction(history.terms(), numbered, operations);
        Linearizer linearizer = new Linearizer(rules, operations, budget + operations.size());
        return new Search(rules, linearizer, linearizer.run());
    }

    /**
     * The shortest prefix that fails. What is answered in a prefix alone was wrong already if it fails; so prefixes fail from one line on,
     * which is found by halving. It is not before the line at which the whole search was stuck: up to there, that search had an order.
     */
    private AuctionVerdict violation(AuctionHistory history, Search whole, boolean numbered, String sentence) {
        Search failing = whole;
        int holds = whole.linearizer.deepest().line() - 1;
        int fails = lastLine(history);
        int step = 1;
        while (holds + 1 < fails) {
            int line = Math.min(holds + step, fails - 1);
            Search prefix = search(history.asOf(line), numbered);
            if (prefix.end == End.IMPOSSIBLE) {
                fails = line;
                failing = prefix;
                step = Math.max(1, (fails - holds) / 2);
            } else {
                // Given up: taken as if it held; then the prefix told is perhaps not the shortest, but it does fail.
                holds = line;
                step = failing == whole ? step * 2 : Math.max(1, (fails - holds) / 2);
            }
        }
        return verdict(history, Verdict.VIOLATION, sentence, fails, sentences(failing));
    }

    private static int lastLine(AuctionHistory history) {
        return history.operations().stream().filter(Operation::isAnswered).mapToInt(Operation::returnedAt).max().orElse(0);
    }

    private static List<String> sentences(Search failing) {
        Deepest deepest = failing.linearizer.deepest();
        List<String> sentences = new ArrayList<>();
        sentences.add("the best order gets to where " + failing.rules.describe(deepest.at()) + "; without a place there:");
        deepest.stuck().stream().limit(SENTENCES_MAX).forEach(o -> sentences.add(sentence(o)));
        if (deepest.stuck().size() > SENTENCES_MAX) {
            sentences.add("and " + (deepest.stuck().size() - SENTENCES_MAX) + " more");
        }
        return List.copyOf(sentences);
    }

    private static String sentence(Operation operation) {
        Answer told = operation.answer();
        StringBuilder text = new StringBuilder("lines ").append(operation.invokedAt()).append(" and ").append(operation.returnedAt()).append(": ")
            .append(operation.op().word());
        if (operation.op() == Op.BID) {
            text.append(' ').append(Money.format(operation.amountCents()));
        }
        text.append(" by ").append(operation.client().shortForm()).append(" (process ").append(operation.process()).append("), answered ")
            .append(told.toJson(operation.op()));
        return text.toString();
    }

    private static AuctionVerdict verdict(AuctionHistory history, Verdict verdict, String sentence, int prefix, List<String> stuck) {
        int unanswered = (int) history.operations().stream().filter(o -> !o.isAnswered()).count();
        return new AuctionVerdict(history.auction(), verdict, history.operations().size(), unanswered, sentence, prefix, stuck);
    }
}
