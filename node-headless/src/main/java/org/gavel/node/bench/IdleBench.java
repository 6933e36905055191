package org.gavel.node.bench;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.gavel.node.processes.JvmFlags;
import org.gavel.node.processes.LocalNode;
import org.gavel.node.processes.OwnProgram;
import org.gavel.protocol.host.DatagramReceiver;
import org.gavel.protocol.host.udp.UdpHost;
import org.gavel.protocol.host.udp.UdpHostSettings;
import org.gavel.protocol.identity.Address;

/** What a node costs that has nothing to do, with the flags of the demo. */
final class IdleBench {
    /** From the last node's start until counting begins: by then joining and most compiling are over. */
    private static final long SETTLE_MS = 15_000;

    private final BenchReport report;
    private final long measureMs;

    IdleBench(BenchReport report, long measureMs) {
        this.report = report;
        this.measureMs = measureMs;
    }

    /** When each address was first heard by broadcast. */
    private static final class Ear implements DatagramReceiver {
        private final Map<Address, Long> firstNs = new ConcurrentHashMap<>();

        @Override
        public void onDatagram(Address from, byte[] bytes, int length) {
            firstNs.putIfAbsent(from, System.nanoTime());
        }

        @Override
        public void onCrashHint(Address peer) {
            // Nobody is watched.
        }
    }

    void run(OwnProgram program) throws IOException, InterruptedException {
        report.begin("Gavel bench idle: " + BenchGroup.NODES + " nodes without an auction, on loopback, " + measureMs / 1_000 + " s",
            Machine.here(), JvmFlags.SMALL_FOOTPRINT);
        try (BenchGroup group = new BenchGroup(program, JvmFlags.SMALL_FOOTPRINT, List.of())) {
            Ear ear = new Ear();
            UdpHost host = UdpHost.open(UdpHostSettings.of(group.bind(), group.port()).withDaemon(true)).start(ear);
            try {
                measure(startOneByOne(group), ear);
            } finally {
                host.close();
            }
        }
    }

    /** Every node with the {@link System#nanoTime} of its start. */
    private static Map<LocalNode, Long> startOneByOne(BenchGroup group) throws InterruptedException {
        Map<LocalNode, Long> startedNs = new LinkedHashMap<>();
        for (int i = 0; i < BenchGroup.NODES; i++) {
            long nowNs = System.nanoTime();
            startedNs.put(group.startNode(), nowNs);
        }
        return startedNs;
    }

    private void measure(Map<LocalNode, Long> startedNs, Ear ear) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(SETTLE_MS);
        Map<LocalNode, CpuMeter> meters = new LinkedHashMap<>();
        startedNs.keySet().forEach(node -> meters.put(node, new CpuMeter(List.of(node.handle()))));
        meters.values().forEach(CpuMeter::start);
        TimeUnit.MILLISECONDS.sleep(measureMs);
        for (Map.Entry<LocalNode, CpuMeter> meter : meters.entrySet()) {
            LocalNode node = meter.getKey();
            LocalNode.Ready ready = node.awaitReady(0);
            Long heardNs = ear.firstNs.get(ready.address());
            long firstDatagramMs = heardNs == null ? -1 : TimeUnit.NANOSECONDS.toMillis(heardNs - startedNs.get(node));
            report.idle(node.name(), TimeUnit.NANOSECONDS.toMillis(ready.afterNs()), firstDatagramMs, Machine.residentKb(node.pid()),
                meter.getValue().sharePerProcess());
        }
    }
}
