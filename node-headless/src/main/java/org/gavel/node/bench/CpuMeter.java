package org.gavel.node.bench;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** CPU time of several processes together, user and system. */
final class CpuMeter {
    private final List<ProcessHandle> processes;
    private long startedNs;
    private long startedCpuNs;

    CpuMeter(List<ProcessHandle> processes) {
        this.processes = List.copyOf(processes);
    }

    void start() {
        startedNs = System.nanoTime();
        startedCpuNs = cpuNs();
    }

    /** Since {@link #start}, in ns; the system counts in steps of about 10 ms. */
    long usedNs() {
        return cpuNs() - startedCpuNs;
    }

    /** Share of one core since {@link #start}, each process alone on average. */
    double sharePerProcess() {
        return usedNs() / (double) (System.nanoTime() - startedNs) / processes.size();
    }

    long elapsedMs() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNs);
    }

    private long cpuNs() {
        return processes.stream().mapToLong(process -> process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos()).sum();
    }
}
