package org.gavel.node.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.gavel.node.client.GavelClient;
import org.gavel.node.history.HistoryRecorder;
import org.gavel.node.history.Terms;
import org.gavel.node.processes.LocalNode;
import org.gavel.node.processes.NodeFailedException;
import org.gavel.node.processes.OwnProgram;
import org.gavel.protocol.client.ItemInfo;
import org.gavel.protocol.client.StartResult;
import org.gavel.protocol.identity.Uid;

/** Bids under load, then kills under load. */
final class Bench {
    /** Under way while actives are killed. */
    private static final int KILL_DEPTH = 16;
    /** Each depth runs so long before it counts. */
    private static final long SETTLE_MS = 2_000;
    /** Answers flow for so long before the silence behind a kill counts as over. */
    private static final long FLOWING_MS = 500;
    private static final long POLL_MS = 50;
    private static final long TAKE_OVER_MS = 60_000;
    static final Uid BIDDER = new Uid(3);

    private final BenchSettings settings;
    private final BenchReport report;
    private final HistoryRecorder history;

    /** @param history of what the bidder asks and is told; null: none, which costs nothing */
    Bench(BenchSettings settings, BenchReport report, HistoryRecorder history) {
        this.settings = settings;
        this.report = report;
        this.history = history;
    }

    void run(OwnProgram program) throws IOException, InterruptedException {
        List<String> options = settings.hints() ? List.of() : List.of("--no-crash-hints");
        try (BenchGroup group = new BenchGroup(program, settings.jvmFlags(), options)) {
            report.begin("Gavel bench: INM + 1 active + 3 followers + 1 client on loopback, in memory, bids of about 200 bytes, " + settings.warmupMs() / 1_000
                + " s of warm-up, " + settings.measureMs() / 1_000 + " s each" + (settings.hints() ? "" : ", without crash hints"), Machine.here(), settings.jvmFlags());
            group.startNodes();
            ItemInfo item = group.item();
            StartResult auction = group.startAuction(item);
            try (GavelClient client = group.client("bencher", BIDDER)) {
                Load load = new Load(client, auction.auctionId(), item.startPriceCents(), item.incrementCents(), history);
                if (history != null) {
                    history.terms(auction.auctionId(), new Terms(item.startPriceCents(), item.incrementCents(), item.reserveCents(), BenchGroup.OPERATOR));
                }
                measureDepths(group, load);
                killActives(group, load, auction.auctionId());
                Waiting.on(load.run(0));
            }
        }
    }

    private void measureDepths(BenchGroup group, Load load) throws InterruptedException {
        if (!settings.depths().isEmpty()) {
            load.run(Collections.max(settings.depths()));
            TimeUnit.MILLISECONDS.sleep(settings.warmupMs());
            report.loadHead();
        }
        for (int depth : settings.depths()) {
            load.run(depth);
            TimeUnit.MILLISECONDS.sleep(SETTLE_MS);
            List<ProcessHandle> all = new ArrayList<>(group.living().stream().map(LocalNode::handle).toList());
            all.add(ProcessHandle.current());
            CpuMeter cpu = new CpuMeter(all);
            cpu.start();
            load.startMeasuring();
            TimeUnit.MILLISECONDS.sleep(settings.measureMs());
            Load.Result result = load.result();
            report.load(depth, result, cpu.usedNs());
        }
    }

    private void killActives(BenchGroup group, Load load, String auctionId) throws InterruptedException {
        if (settings.kills() == 0) {
            return;
        }
        report.note("");
        load.run(KILL_DEPTH);
        long[] takeOversMs = new long[settings.kills()];
        for (int i = 0; i < takeOversMs.length; i++) {
            Uid active = group.awaitWhole(auctionId);
            TimeUnit.MILLISECONDS.sleep(SETTLE_MS);
            takeOversMs[i] = killOnce(group, load, auctionId, active);
            report.kill(i + 1, takeOversMs[i]);
            group.startNode();
        }
        report.kills(takeOversMs);
    }

    /**
     * From the kill to the accepted answer that ends the silence. (What the dead active had answered before it died may still arrive
     * within the first moments: that is why the end of the longest silence counts, not the first answer.)
     */
    private static long killOnce(BenchGroup group, Load load, String auctionId, Uid active) throws InterruptedException {
        LocalNode victim = group.process(active);
        load.startMeasuring();
        long killedNs = System.nanoTime();
        victim.kill();
        while (System.nanoTime() - killedNs < TimeUnit.MILLISECONDS.toNanos(TAKE_OVER_MS)) {
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
            long endNs = load.longestSilenceEndNs(FLOWING_MS);
            if (endNs != 0 && group.hasOtherActive(auctionId, active)) {
                return TimeUnit.NANOSECONDS.toMillis(endNs - killedNs);
            }
        }
        throw new NodeFailedException("no bid was accepted within " + TAKE_OVER_MS / 1_000 + " s after the kill of " + victim.name(), null);
    }
}
