package org.gavel.node.cli;

import org.gavel.node.client.AuctionHouse;
import org.gavel.protocol.client.ClientException;
import org.gavel.protocol.client.ClusterStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "status", description = "Shows the manager, the ring in order with every node's role and last heartbeat, and every auction.",
        footer = {"", "Examples:", "  gavel-node status", "  gavel-node status --watch", "  gavel-node status --json"})
final class StatusCommand extends ClientCommand {
    static final long REDRAW_MS = 1_000;
    private static final String HOME_AND_CLEAR = "\u001b[H\u001b[2J";

    @Option(names = "--watch", description = "redraw every second until Ctrl-C")
    boolean watch;

    StatusCommand(CommandContext context) {
        super(context);
    }

    @Override
    int run(AuctionHouse house) {
        if (!watch) {
            show(await(house.status()));
            return ExitCode.DONE;
        }
        if (context.shell() != null) {
            throw CliException.usage("--watch is not for the shell; run it in a terminal of its own");
        }
        // Ctrl-C is the way to end a watch, not a failure: leave with 0 instead of 130.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> Runtime.getRuntime().halt(ExitCode.DONE), "watch-end"));
        while (!Thread.currentThread().isInterrupted()) {
            redraw(house);
            pause();
        }
        return ExitCode.DONE;
    }

    private void redraw(AuctionHouse house) {
        try {
            ClusterStatus status = await(house.status());
            if (!json() && context.interactive()) {
                out(HOME_AND_CLEAR);
            }
            show(status);
        } catch (ClientException e) {
            if (!json() && context.interactive()) {
                out(HOME_AND_CLEAR);
            }
            context.lines().err(e.getMessage());
        }
    }

    private static void pause() {
        try {
            Thread.sleep(REDRAW_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void show(ClusterStatus status) {
        if (json()) {
            out(GSON.toJson(status));
        } else {
            Tables.status(status).forEach(this::out);
        }
    }
}
