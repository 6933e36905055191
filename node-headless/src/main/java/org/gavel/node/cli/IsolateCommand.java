package org.gavel.node.cli;

import org.gavel.node.client.AuctionHouse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "isolate", description = "Lets a node drop every packet, both ways, for a while. Obeyed only by nodes started with --allow-faults (the default on loopback).",
        footer = {"", "Examples:", "  gavel-node isolate amber 10s", "  gavel-node isolate 127.0.0.1:40113 1m"})
final class IsolateCommand extends FaultCommand {
    @Parameters(index = "1", paramLabel = "TIME", converter = DurationConverter.class, description = "how long, such as 10s")
    long forMs;

    IsolateCommand(CommandContext context) {
        super(context);
    }

    @Override
    int run(AuctionHouse house) {
        return inflict(house, "isolate", forMs, "is cut off for " + forMs + " ms");
    }
}
