package org.gavel.node.cli;

import org.gavel.node.client.AuctionHouse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "release", description = "Your word that no auction of an item is alive any more: it can be sold again.",
        footer = {"", "Examples:", "  gavel-node release lamp", "  gavel-node release lamp --yes"})
final class ReleaseCommand extends ClientCommand {
    @Parameters(paramLabel = "ITEM", description = "id of an item")
    String item;

    @Option(names = "--yes", description = "do not ask")
    boolean yes;

    ReleaseCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        if (!yes) {
            Question.ask(context, "If a node of the old auction of " + item + " comes back, the item may be sold twice.", "Release " + item + "?");
        }
        return super.call();
    }

    @Override
    int run(AuctionHouse house) {
        await(house.release(item));
        out(object("released", item), item + " can be sold again");
        return ExitCode.DONE;
    }
}
