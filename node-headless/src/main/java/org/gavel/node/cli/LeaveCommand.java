package org.gavel.node.cli;

import com.google.gson.JsonObject;
import org.gavel.node.client.AuctionHouse;
import org.gavel.protocol.client.LeaveResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "leave", description = "Leaves an auction, in all terminals of this bidder.",
        footer = {"", "Examples:", "  gavel-node leave lamp-3", "  gavel-node leave lamp-3 --as mika"})
final class LeaveCommand extends ClientCommand {
    @Parameters(paramLabel = "AUCTION", description = "id of an auction")
    String auction;

    LeaveCommand(CommandContext context) {
        super(context);
    }

    @Override
    int run(AuctionHouse house) {
        LeaveResult left = await(house.leave(auction));
        JsonObject json = object("auctionId", auction);
        json.addProperty("seq", left.seq());
        out(json, left.seq() == 0 ? auction + " was over already" : options.as() + " has left " + auction);
        return ExitCode.DONE;
    }
}
