package org.gavel.node.cli;

import org.gavel.node.client.AuctionHouse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "pause", description = "Lets a node process nothing for a while. Obeyed only by nodes started with --allow-faults (the default on loopback).",
        footer = {"", "Examples:", "  gavel-node pause amber 10s", "  gavel-node pause 3fa9 500ms"})
final class PauseCommand extends FaultCommand {
    @Parameters(index = "1", paramLabel = "TIME", converter = DurationConverter.class, description = "how long, such as 10s")
    long forMs;

    PauseCommand(CommandContext context) {
        super(context);
    }

    @Override
    int run(AuctionHouse house) {
        return inflict(house, "pause", forMs, "stands still for " + forMs + " ms");
    }
}
