package org.gavel.node.cli;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.gavel.node.catalogue.ItemCatalogue;
import org.gavel.node.catalogue.ItemsFile;
import org.gavel.node.catalogue.ItemsFileException;
import java.util.function.Consumer;
import org.gavel.node.server.NodeControl;
import org.gavel.node.server.NodeSettings;
import org.gavel.protocol.auction.Item;
import org.gavel.protocol.host.udp.BindAddress;
import org.gavel.protocol.host.udp.UdpHost;
import org.gavel.protocol.host.udp.UdpHostSettings;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.monitor.TraceEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One node as a process: its directory, its sockets, its ready line, its end. */
final class NodeProcess {
    /** How long a goodbye may take: the process ends within 1 s of SIGTERM. */
    private static final long GOODBYE_MS = 500;
    /** As a shell reports a process ended by SIGKILL: a kill on purpose looks like any other. */
    private static final int KILLED = 137;

    private final CommandContext context;
    private final NodeCommand options;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile int exitCode;

    NodeProcess(CommandContext context, NodeCommand options) {
        this.context = context;
        this.options = options;
    }

    /** Runs until the node is refused, fails, or the process is ended from outside. */
    int run() {
        BindAddress bind = Surroundings.bind(options.cluster);
        List<Item> items = items();
        long drawn = new SecureRandom().nextLong() | 1;
        long nowMs = System.currentTimeMillis();
        if (options.data == null) {
            return run(bind, items, options.uid == null ? new Uid(drawn) : options.uid, nowMs);
        }
        try (NodeDataDirectory directory = NodeDataDirectory.open(options.data, options.uid, new Uid(drawn), nowMs)) {
            return run(bind, items, directory.uid(), directory.incarnation());
        } catch (IOException e) {
            throw new CliException(ExitCode.UNEXPECTED, "the data directory cannot be closed (" + e.getMessage() + ")", e);
        }
    }

    private int run(BindAddress bind, List<Item> items, Uid uid, long incarnation) {
        try (UdpHost host = open(bind)) {
            NodeSettings settings = options.settings(uid, incarnation, host.process(), bind.isLoopback());
            Control control = new Control(host);
            NodeProgram program = ServerProgram.FACTORY.create(settings, host, items, control);
            control.watchable(program);
            host.start(program.receiver());
            host.execute(program::start);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> sayGoodbye(host, program), "node-goodbye"));
            if (options.exitWithParent) {
                endWithParent();
            }
            context.lines().out("ready uid=" + uid + " address=" + host.address());
            ended.await();
            return exitCode;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.DONE;
        }
    }

    private List<Item> items() {
        try {
            return options.items == null ? ItemCatalogue.samples().items() : ItemsFile.read(options.items).items();
        } catch (ItemsFileException e) {
            throw new CliException(ExitCode.USAGE, e.getMessage(), e);
        }
    }

    private UdpHost open(BindAddress bind) {
        try {
            return UdpHost.open(UdpHostSettings.of(bind, options.cluster.port()).withPeers(options.cluster.peers())
                    .withCrashHints(!options.noCrashHints).withOnFailure(this::onFailure));
        } catch (IOException e) {
            throw new CliException(ExitCode.USAGE, e.getMessage(), e);
        }
    }

    /** The parent holds the other end of standard input and never writes: when it is gone, however it ended, the stream ends. */
    private void endWithParent() {
        Thread thread = new Thread(() -> {
            try {
                while (context.in().read() >= 0) {
                    // Nothing that is written there concerns a node.
                }
                end(ExitCode.DONE);
            } catch (IOException e) {
                LoggerFactory.getLogger(NodeProcess.class).debug("standard input is gone", e);
                end(ExitCode.DONE);
            }
        }, "node-parent");
        thread.setDaemon(true);
        thread.start();
    }

    /** A broken invariant: a node that is wrong must not go on answering. */
    private void onFailure(Throwable failure) {
        LoggerFactory.getLogger(NodeProcess.class).error("the node ends: an invariant is broken", failure);
        end(ExitCode.UNEXPECTED);
    }

    private void end(int code) {
        exitCode = code;
        ended.countDown();
    }

    private static void log(Logger log, TraceEvent event) {
        log.info("{} {} {}: {}", event.protocol(), event.kind(), event.group(), event.sentence());
    }

    private static void sayGoodbye(UdpHost host, NodeProgram program) {
        CountDownLatch said = new CountDownLatch(1);
        try {
            host.execute(() -> {
                program.goodbye();
                // In a later pass: by then the goodbye has left.
                host.schedule(0, said::countDown);
            });
            said.await(GOODBYE_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RejectedExecutionException e) {
            LoggerFactory.getLogger(NodeProcess.class).debug("the host has closed already: no goodbye to say");
        }
    }

    /** Faults on purpose are real: the process ends, stands still, is cut off. */
    private final class Control implements NodeControl {
        private final UdpHost host;
        private NodeProgram program;

        Control(UdpHost host) {
            this.host = host;
        }

        void watchable(NodeProgram itsProgram) {
            program = itsProgram;
            watched(false);
        }

        /** Traces cost their making only while somebody looks. */
        @Override
        public void watched(boolean byAnyone) {
            Logger log = LoggerFactory.getLogger("gavel.trace");
            Consumer<TraceEvent> logged = options.verbose ? event -> log(log, event) : null;
            host.traceTo(!byAnyone ? logged : logged == null ? program::traced : logged.andThen(program::traced));
        }

        @Override
        public void kill() {
            Runtime.getRuntime().halt(KILLED);
        }

        @Override
        public void pause(long ms) {
            host.pauseFor(ms);
        }

        @Override
        public void isolate(long ms) {
            host.isolateFor(ms);
        }

        @Override
        public void refused(String sentence) {
            context.lines().err(sentence);
            end(ExitCode.REFUSED);
        }
    }
}
