package org.gavel.node.cli;

import org.gavel.node.client.AuctionHouse;
import org.gavel.node.client.Durations;
import org.gavel.protocol.client.StartRequest;
import org.gavel.protocol.client.StartResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "start", description = "Starts an auction; you are its seller, and a seller cannot bid on the own item, or the house is (--house).",
        footer = {"", "Examples:", "  gavel-node start lamp --duration 60s", "  gavel-node start lamp --duration 5m --start-price 20 --reserve 80.00 --as mika", "  gavel-node start lamp --house"})
final class StartCommand extends ClientCommand {
    @Parameters(paramLabel = "ITEM", description = "id of an item, as 'list' shows it")
    String item;

    @Option(names = "--duration", paramLabel = "TIME", converter = DurationConverter.class, defaultValue = "60s",
            description = "how long it runs, such as 90s or 10m (default: ${DEFAULT-VALUE})")
    long durationMs;

    @Option(names = "--start-price", paramLabel = "AMOUNT", converter = AmountConverter.class, description = "in place of the item's own")
    Long startPriceCents;

    @Option(names = "--reserve", paramLabel = "AMOUNT", converter = AmountConverter.class, description = "sold only at this price or more, in place of the item's own")
    Long reserveCents;

    @Option(names = "--house", description = "the house sells: you may bid on it yourself")
    boolean houseSells;

    StartCommand(CommandContext context) {
        super(context);
    }

    @Override
    int run(AuctionHouse house) {
        StartResult started = await(house.start(new StartRequest(item, durationMs, options.as(), startPriceCents, reserveCents, houseSells)));
        if (context.shell() != null) {
            context.shell().learnAuction(started.auctionId());
        }
        out(started, "auction " + started.auctionId() + " runs for " + Durations.clock(durationMs) + "; its active is at " + started.active());
        return ExitCode.DONE;
    }
}
