package org.gavel.node.simulation.campaign;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.gavel.node.simulation.check.InvariantNames;

/** Many runs, several at a time, each in a thread and a world of its own. One seed in a hundred runs twice and must be equal in every event. */
public final class Campaign {
    public static final int JOBS_MAX = 256;
    /** From so many seeds of at least three minutes on, every required path must have been met. */
    public static final int COVERED_FROM_SEEDS = 500;
    private static final int TWICE_EVERY = 100;

    /** Hears how it goes; called from several threads, one at a time. */
    public interface Listener {
        /** One more seed is done. */
        void onProgress(Summary soFar);

        /** A run failed; with {@code keepGoing} others follow. */
        void onFailure(RunResult failure);

        /** The shrinker found a smaller run that fails alike. */
        void onSmaller(RunResult failure);
    }

    /**
     * Where a campaign is.
     *
     * @param twice seeds that ran a second time, with the same trace hash
     */
    public record Summary(long done, long of, long failed, long twice, double simulatedHours, double realSeconds, Coverage coverage) {
        /** Simulated hours per real minute. */
        public double rate() {
            return realSeconds == 0 ? 0 : simulatedHours / (realSeconds / 60);
        }
    }

    private final CampaignSettings settings;
    private final Listener listener;
    private final Function<RunSpec, RunResult> runs;
    private final AtomicLong nextSeed;
    private final Coverage coverage = new Coverage();
    private final List<RunResult> failures = new ArrayList<>();
    private final long beganNs = System.nanoTime();
    private long done;
    private long failed;
    private long twice;
    private long simulatedMs;
    private volatile boolean stopped;

    public Campaign(CampaignSettings settings, Listener listener) {
        this(settings, listener, Run::of);
    }

    /** @param runs plays a spec, called from several threads: {@link Run#of}, or what looks on it */
    public Campaign(CampaignSettings settings, Listener listener, Function<RunSpec, RunResult> runs) {
        this.settings = settings;
        this.listener = listener;
        this.runs = runs;
        nextSeed = new AtomicLong(settings.firstSeed());
    }

    /** Runs it to its end; the first failures, the very first one shrunk, in the order in which they came. */
    public List<RunResult> run() throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(settings.jobs(), task -> new Thread(task, "simulate"));
        try {
            List<Future<?>> jobs = new ArrayList<>();
            for (int i = 0; i < settings.jobs(); i++) {
                jobs.add(threads.submit(this::work));
            }
            for (Future<?> job : jobs) {
                job.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("the campaign itself failed: " + e.getCause(), e.getCause());
        } finally {
            stopped = true;
            threads.shutdown();
            threads.awaitTermination(1, TimeUnit.MINUTES);
        }
        if (!failures.isEmpty() && settings.shrinkRuns() > 0) {
            failures.set(0, new Shrinker(runs, settings.shrinkRuns(), listener::onSmaller).shrink(failures.get(0)));
        }
        return List.copyOf(failures);
    }

    /** Required paths that were never met; empty where the campaign is too short to ask for them. */
    public List<String> missing() {
        boolean asked = settings.seeds() >= COVERED_FROM_SEEDS && settings.durationMs() >= TimeUnit.MINUTES.toMillis(3) && settings.faults() == null;
        return asked ? coverage.missing(Paths.REQUIRED) : List.of();
    }

    public synchronized Summary summary() {
        return new Summary(done, settings.seeds(), failed, twice, simulatedMs / 3_600_000.0, (System.nanoTime() - beganNs) / 1e9, coverage);
    }

    private void work() {
        for (long seed = nextSeed.getAndIncrement(); seed <= settings.lastSeed() && !stopped; seed = nextSeed.getAndIncrement()) {
            RunSpec spec = settings.spec(seed);
            RunResult result = runs.apply(spec);
            boolean again = !result.failed() && seed % TWICE_EVERY == 0;
            if (again) {
                RunResult second = runs.apply(spec);
                if (second.traceHash() != result.traceHash()) {
                    result = new RunResult(spec, InvariantNames.SAME_TWICE, "two runs of one seed had the trace hashes " + Long.toHexString(result.traceHash()) + " and "
                        + Long.toHexString(second.traceHash()), result.simulatedMs(), result.traceHash(), result.steps(), result.coverage(), List.of(), List.of(), result.faults(), result.history());
                }
            }
            note(result, again);
        }
    }

    private synchronized void note(RunResult result, boolean again) {
        done++;
        twice += again && !result.failed() ? 1 : 0;
        simulatedMs += result.simulatedMs() * (again ? 2 : 1);
        coverage.add(result.coverage());
        if (result.failed() && !stopped) {
            failed++;
            failures.add(result);
            listener.onFailure(result);
            stopped = !settings.keepGoing();
        }
        listener.onProgress(summary());
    }
}
