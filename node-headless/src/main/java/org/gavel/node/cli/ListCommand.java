package org.gavel.node.cli;

import org.gavel.node.client.AuctionHouse;
import org.gavel.protocol.client.AuctionList;
import picocli.CommandLine.Command;

@Command(name = "list", description = "Shows every item that can be auctioned and every running auction.",
        footer = {"", "Examples:", "  gavel-node list", "  gavel-node list --json"})
final class ListCommand extends ClientCommand {
    ListCommand(CommandContext context) {
        super(context);
    }

    @Override
    int run(AuctionHouse house) {
        AuctionList list = await(house.list());
        if (context.shell() != null) {
            context.shell().learn(list);
        }
        if (json()) {
            out(GSON.toJson(list));
            return ExitCode.DONE;
        }
        if (list.notice() != null) {
            context.lines().err(list.notice());
        }
        Tables.items(list.items()).forEach(this::out);
        out("");
        Tables.auctions(list.auctions()).forEach(this::out);
        return ExitCode.DONE;
    }
}
