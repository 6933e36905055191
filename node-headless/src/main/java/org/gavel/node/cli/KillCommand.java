package org.gavel.node.cli;

import org.gavel.node.client.AuctionHouse;
import picocli.CommandLine.Command;

@Command(name = "kill", description = "Ends a node's process at once, without goodbye. Obeyed only by nodes started with --allow-faults (the default on loopback).",
        footer = {"", "Examples:", "  gavel-node kill amber", "  gavel-node kill 3fa9"})
final class KillCommand extends FaultCommand {
    KillCommand(CommandContext context) {
        super(context);
    }

    @Override
    int run(AuctionHouse house) {
        return inflict(house, "kill", 0, "ends now");
    }
}
