package org.gavel.node.cli;

import com.google.gson.JsonObject;
import org.gavel.node.client.AuctionHouse;
import org.gavel.protocol.client.NodeInfo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "forget", description = "Your word that a node has ended for good: it leaves the count of those whose answer is waited for.",
        footer = {"", "Examples:", "  gavel-node forget amber", "  gavel-node forget 3fa9 --yes"})
final class ForgetCommand extends ClientCommand {
    @Parameters(paramLabel = "NODE", description = "a node's name, the first digits of its uid, or its address")
    String node;

    @Option(names = "--yes", description = "do not ask")
    boolean yes;

    ForgetCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        if (!yes) {
            Question.ask(context, "If " + node + " still runs, or its machine comes back, what it alone held may be lost: views, starts and results"
                    + " that no other node has.", "Forget " + node + "?");
        }
        return super.call();
    }

    @Override
    int run(AuctionHouse house) {
        NodeInfo forgotten = await(house.forget(node));
        JsonObject json = object("forgotten", forgotten.uid());
        json.addProperty("node", forgotten.name());
        out(json, forgotten.name() + " (" + forgotten.uid().substring(0, 4) + ") is forgotten");
        return ExitCode.DONE;
    }
}
