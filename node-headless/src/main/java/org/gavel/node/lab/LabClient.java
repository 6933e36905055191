package org.gavel.node.lab;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.gavel.node.demo.BidLedger;
import org.gavel.protocol.client.Outcome;
import org.gavel.protocol.identity.Uid;

/** A client process on a host of its own, as the program sees it: orders go in, what it sent and heard goes into the books. */
final class LabClient implements AutoCloseable {
    private static final long END_MS = 3_000;

    private final LabNetwork.Machine machine;
    private final Uid uid;
    private final Process process;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private BidLedger ledger;
    private BidLedger.Watcher watcher;
    private String auctionId = "";
    private long answeredAtNs;
    private String failed;

    LabClient(LabNetwork.Machine machine, Uid uid, List<String> command) throws IOException {
        this.machine = machine;
        this.uid = uid;
        process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        Thread reader = new Thread(this::read, "client-" + machine.name());
        reader.setDaemon(true);
        reader.start();
    }

    LabNetwork.Machine machine() {
        return machine;
    }

    void awaitReady(long timeoutMs) throws InterruptedException {
        try {
            ready.get(timeoutMs, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new LabException("the client on " + machine.name() + " did not start");
        }
    }

    /** Joins; what it does and hears goes into these books from now on. */
    synchronized void join(String auction, long startCents, BidLedger books) {
        ledger = books;
        watcher = books.addWatcher("client " + machine.name());
        auctionId = auction;
        order(auction + " " + startCents);
    }

    /** Bids from now on, until the auction is over. */
    synchronized void go() {
        order("go");
    }

    private void order(String line) {
        try {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new LabException("the client on " + machine.name() + " takes no orders: " + e.getMessage());
        }
    }

    /** Whether an answer came, either way, at or after this {@link System#nanoTime}. */
    synchronized boolean wasAnsweredSince(long ns) {
        return answeredAtNs - ns >= 0;
    }

    /** What went wrong in the client itself, or null. */
    synchronized String failure() {
        return failed;
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                onLine(JsonParser.parseString(line).getAsJsonObject());
            }
            fail("it ended");
        } catch (IOException | JsonParseException | IllegalStateException e) {
            fail(e.toString());
        }
        ready.completeExceptionally(new LabException("ended"));
    }

    private synchronized void fail(String why) {
        failed = failed == null ? "the client on " + machine.name() + ": " + why : failed;
    }

    private synchronized void onLine(JsonObject line) {
        String kind = line.get("kind").getAsString();
        if (kind.equals("ready")) {
            ready.complete(null);
            return;
        }
        if (!line.get("auction").getAsString().equals(auctionId)) {
            return; // a late word of the auction before, which is judged already
        }
        switch (kind) {
            case "sent" -> ledger.sent(uid.toString(), line.get("cents").getAsLong());
            case "answered" -> {
                answeredAtNs = System.nanoTime();
                ledger.answered(uid.toString(), line.get("cents").getAsLong(), line.get("accepted").getAsBoolean(), line.get("seq").getAsLong());
            }
            case "failed" -> {
                ledger.failed();
                fail("a bid of " + line.get("cents").getAsLong() + " cents failed: " + line.get("sentence").getAsString());
            }
            case "event" -> watcher.saw(line.get("seq").getAsLong(), line.get("type").getAsString(), Outcome.of(line.get("outcome").getAsString()));
            case "end" -> watcher.ended(line.has("failure") ? line.get("failure").getAsString() : null);
            default -> { }
        }
    }

    /** Its arguments behind the program's name. */
    static List<String> arguments(LabCluster.Settings settings, Uid uid, List<String> peers, long everyMs) {
        List<String> arguments = new ArrayList<>(List.of("lab-client", "--bind", "lan", "--cluster", settings.cluster(), "--port",
            String.valueOf(settings.port()), "--uid", uid.toString(), "--every", String.valueOf(everyMs)));
        peers.forEach(peer -> arguments.addAll(List.of("--peer", peer)));
        return arguments;
    }

    @Override
    public void close() {
        process.toHandle().destroyForcibly();
        try {
            process.waitFor(END_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
