package org.gavel.node.cli;

import com.google.gson.JsonObject;
import org.gavel.node.client.AuctionHouse;
import org.gavel.protocol.auction.Money;
import org.gavel.protocol.client.BidResult;
import org.gavel.protocol.client.Outcome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "bid", description = "Bids; joins the auction first if you have not. Ends with 4 if the bid is rejected.",
        footer = {"", "Examples:", "  gavel-node bid lamp-3 125", "  gavel-node bid lamp-3 125.50 --as mika --json"})
final class BidCommand extends ClientCommand {
    @Parameters(index = "0", paramLabel = "AUCTION", description = "id of an auction")
    String auction;

    @Parameters(index = "1", paramLabel = "AMOUNT", converter = AmountConverter.class, description = "what you offer, such as 125 or 125.50")
    long amountCents;

    @Option(names = "--note", paramLabel = "TEXT", description = "a short text kept with the bid")
    String note;

    BidCommand(CommandContext context) {
        super(context);
    }

    @Override
    int run(AuctionHouse house) {
        BidResult result = await(house.bid(auction, amountCents, note));
        String amount = Money.format(amountCents);
        out(asJson(result), result.accepted() ? amount + " leads " + auction + " (number " + result.seq() + ")" : amount + " is rejected");
        if (result.accepted()) {
            return ExitCode.DONE;
        }
        context.lines().err(result.reason() == null ? "the bid was rejected" : result.reason());
        return ExitCode.REFUSED;
    }

    /** {result, seq, priceCents, reason?, minimumCents?} */
    static JsonObject asJson(BidResult result) {
        JsonObject json = object("result", result.accepted() ? "accepted" : "rejected");
        json.addProperty("seq", result.seq());
        if (result.priceCents() != Outcome.ABSENT) {
            json.addProperty("priceCents", result.priceCents());
        }
        if (!result.accepted()) {
            json.addProperty("reason", result.reason());
            if (result.minimumCents() != Outcome.ABSENT) {
                json.addProperty("minimumCents", result.minimumCents());
            }
        }
        return json;
    }
}
