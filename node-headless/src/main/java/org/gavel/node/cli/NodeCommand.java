package org.gavel.node.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.gavel.node.server.NodeSettings;
import org.gavel.protocol.auction.Participant;
import org.gavel.protocol.identity.ProcessIdentity;
import org.gavel.protocol.identity.Uid;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(name = "node", description = "Runs a server node until it is told to end. Prints one line 'ready uid=.. address=..' when it receives.",
        footer = {"", "Examples:", "  gavel-node node", "  gavel-node node --name amber --uid 0x2a --data /var/lib/gavel/amber",
            "  gavel-node node --bind lan --cluster hall --items items.json", "  gavel-node node --bind 192.168.1.7 --peer 192.168.2.9:45454"})
final class NodeCommand implements Callable<Integer> {
    static final long HEARTBEAT_MS_MIN = 50;
    static final long HEARTBEAT_MS_MAX = 60_000;
    static final int FOUNDERS_MAX = 100;
    static final long EXTEND_WINDOW_MS_MAX = 3_600_000;

    @Spec
    CommandSpec spec;

    @Mixin
    ClusterOptions cluster;

    @Option(names = "--name", paramLabel = "NAME", description = "for people (default: a word that goes with the uid)")
    String name;

    @Option(names = "--uid", paramLabel = "UID", converter = UidConverter.class,
            description = "64 bits, decimal or 0x hex, not 0; the largest wins elections (default: the one in --data, else drawn)")
    Uid uid;

    @Option(names = "--data", paramLabel = "DIR", description = "where uid and incarnation live; without it, a fresh uid at each start")
    Path data;

    @Option(names = "--heartbeat", paramLabel = "TIME", converter = DurationConverter.class, defaultValue = "2s",
            description = "period of heartbeats, 50ms to 60s, the same on all nodes (default: ${DEFAULT-VALUE})")
    long heartbeatMs;

    @Option(names = "--items", paramLabel = "FILE", description = "JSON array of {id, title, description?, startPriceCents, incrementCents, "
            + "reserveCents?} (default: a dozen samples)")
    Path items;

    @Option(names = "--min-followers", paramLabel = "N", defaultValue = "2", description = "fewest followers an auction may start with, 2 or 3 (default: ${DEFAULT-VALUE})")
    int minFollowers;

    @Option(names = "--founders", paramLabel = "N", defaultValue = "3",
            description = "members the ring must have had before auctions start; set it above half of your machines (default: ${DEFAULT-VALUE})")
    int founders;

    @Option(names = "--extend-window", paramLabel = "TIME", converter = DurationConverter.OrZero.class, defaultValue = "0s",
            description = "soft close: a bid accepted so shortly before the end moves the end; 0s is off (default: ${DEFAULT-VALUE})")
    long extendWindowMs;

    @Option(names = "--allow-faults", negatable = true, description = "obey kill, pause and isolate (default: only with --bind loopback)")
    Boolean allowFaults;

    @Option(names = "--no-crash-hints", description = "do not verify at once when a peer's port is unreachable; wait for missed heartbeats")
    boolean noCrashHints;

    @Option(names = "--exit-with-parent", hidden = true, description = "end when standard input ends: a node started by a program does not outlive it")
    boolean exitWithParent;

    @Option(names = "--verbose", description = "log on standard error what the node does, not only what goes wrong")
    boolean verbose;

    private final CommandContext context;

    NodeCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        validate();
        if (verbose) {
            // Read by logback.xml, which is not loaded before the first line is logged.
            System.setProperty("gavel.log.level", "INFO");
        }
        return new NodeProcess(context, this).run();
    }

    private void validate() {
        require(heartbeatMs >= HEARTBEAT_MS_MIN && heartbeatMs <= HEARTBEAT_MS_MAX, "--heartbeat is 50ms to 60s, not " + heartbeatMs + "ms");
        require(minFollowers == 2 || minFollowers == 3, "--min-followers is 2 or 3, not " + minFollowers);
        require(founders >= 1 && founders <= FOUNDERS_MAX, "--founders is 1 to " + FOUNDERS_MAX + ", not " + founders);
        require(extendWindowMs <= EXTEND_WINDOW_MS_MAX, "--extend-window is at most 1h");
        require(name == null || !name.isBlank() && Participant.nameComplaint(name).isEmpty(),
                "--name takes 1 to " + Participant.NAME_CHARS_MAX + " visible characters");
    }

    private void require(boolean holds, String sentence) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), sentence);
        }
    }

    NodeSettings settings(Uid itsUid, long incarnation, ProcessIdentity process, boolean loopback) {
        return new NodeSettings(cluster.cluster(), itsUid, incarnation, name == null ? NodeNames.of(itsUid) : name, process, heartbeatMs,
                minFollowers, founders, extendWindowMs, allowFaults == null ? loopback : allowFaults, !noCrashHints);
    }
}
