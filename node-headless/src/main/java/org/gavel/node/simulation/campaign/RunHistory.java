package org.gavel.node.simulation.campaign;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.gavel.node.history.AuctionVerdict;
import org.gavel.node.history.HistoryChecker;
import org.gavel.node.history.HistoryFormatException;
import org.gavel.node.history.HistoryRecorder;
import org.gavel.node.history.HistoryRecorder.Call;
import org.gavel.node.history.Op;
import org.gavel.node.history.Terms;
import org.gavel.node.simulation.Operation;
import org.gavel.node.simulation.OperationObserver;
import org.gavel.node.simulation.SimulatedClient;
import org.gavel.node.simulation.World;
import org.gavel.node.simulation.check.InvariantNames;
import org.gavel.node.simulation.check.Violation;
import org.gavel.protocol.auction.Item;
import org.gavel.protocol.client.AuctionEvent;
import org.gavel.protocol.client.StartResult;
import org.gavel.protocol.identity.Uid;

/**
 * The history of a run, line by line as {@code --history} writes it, and its verdict. Terms are those that the seller asked for: nothing is taken from a server's
 * word. What a client that crashed had under way stays without an answer: nobody knows.
 */
final class RunHistory implements OperationObserver {
    private record Listener(String process, String auctionId) { }

    private final World world;
    private final StringWriter text = new StringWriter();
    private final HistoryRecorder recorder;
    private final Map<Long, Call> calls = new HashMap<>();
    private final Map<Listener, Call> results = new HashMap<>();
    /** Not answered yet. */
    private final Map<Long, Operation> starts = new LinkedHashMap<>();
    private final Set<String> auctions = new LinkedHashSet<>();

    /** Hears the world's clients from now on. */
    RunHistory(World world) {
        this.world = world;
        recorder = new HistoryRecorder(text, () -> world.nowNs() / 1_000, "simulated", false);
        world.observe(this);
    }

    /** All lines so far. A seller that ended before its answer came has started its auction all the same: others may have heard of it, but not its terms. */
    String lines() {
        for (String auctionId : auctions) {
            String itemId = auctionId.substring(0, auctionId.lastIndexOf('-'));
            starts.values().stream().filter(s -> s.auctionId().equals(itemId)).findFirst().ifPresent(s -> recorder.terms(auctionId, terms(s)));
        }
        return text.toString();
    }

    /**
     * Every auction's answers are explained by one order; a verdict 'unknown' is not enough.
     *
     * @throws Violation otherwise
     */
    void judge() {
        judge(lines());
    }

    static void judge(String lines) {
        try {
            for (AuctionVerdict verdict : new HistoryChecker(HistoryChecker.BUDGET).check(new BufferedReader(new StringReader(lines)))) {
                if (!verdict.isOk()) {
                    throw new Violation(InvariantNames.LINEARIZABLE, verdict.auction() + ": " + verdict.verdict() + ", " + verdict.sentence()
                        + (verdict.stuck().isEmpty() ? "" : "; the first " + verdict.shortestPrefix() + " lines fail already: " + String.join("; ", verdict.stuck())));
                }
            }
        } catch (IOException | HistoryFormatException e) {
            throw new Violation(InvariantNames.LINEARIZABLE, "the history of this run cannot be read: " + e.getMessage());
        }
    }

    @Override
    public void onInvoke(Operation operation) {
        Uid client = uid(operation.process());
        if (operation.kind() != Operation.Kind.START) {
            auctions.add(operation.auctionId());
        }
        switch (operation.kind()) {
            case START -> starts.put(operation.id(), operation);
            case BID -> calls.put(operation.id(), recorder.invoke(Op.BID, operation.auctionId(), client, operation.amountCents()));
            case LEAVE -> calls.put(operation.id(), recorder.invoke(Op.LEAVE, operation.auctionId(), client, 0));
            case JOIN -> {
                calls.put(operation.id(), recorder.invoke(Op.JOIN, operation.auctionId(), client, 0));
                results.computeIfAbsent(new Listener(operation.process(), operation.auctionId()), l -> recorder.invoke(Op.RESULT, l.auctionId(), client, 0));
            }
        }
    }

    @Override
    public void onOk(Operation operation, Object result) {
        Call call = calls.remove(operation.id());
        if (call != null) {
            recorder.answered(call, result);
        } else if (starts.remove(operation.id()) != null && result instanceof StartResult started) {
            recorder.terms(started.auctionId(), terms(operation));
        }
    }

    private Terms terms(Operation start) {
        Item item = world.settings().items().stream().filter(i -> i.id().equals(start.auctionId())).findFirst().orElseThrow();
        return new Terms(item.startPriceCents(), item.incrementCents(), item.reserveCents(), uid(start.process()));
    }

    @Override
    public void onFail(Operation operation, String reason) {
        ended(operation, reason, true);
    }

    @Override
    public void onInfo(Operation operation, String reason) {
        ended(operation, reason, false);
    }

    private void ended(Operation operation, String reason, boolean certain) {
        if (certain) {
            starts.remove(operation.id());
        }
        Call call = calls.remove(operation.id());
        if (call != null) {
            recorder.failed(call, reason, certain);
        }
    }

    @Override
    public void onEvent(String process, AuctionEvent event) {
        Listener listener = new Listener(process, event.auctionId());
        Call result = results.get(listener);
        if (result != null && recorder.heard(result, event)) {
            results.remove(listener);
        }
    }

    private Uid uid(String process) {
        return world.clients().stream().filter(c -> c.name().equals(process)).map(SimulatedClient::uid).findFirst().orElseThrow();
    }
}
