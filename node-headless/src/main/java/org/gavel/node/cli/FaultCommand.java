package org.gavel.node.cli;

import com.google.gson.JsonObject;
import org.gavel.node.client.AuctionHouse;
import org.gavel.protocol.client.NodeInfo;
import picocli.CommandLine.Parameters;

/** Kill, pause and isolate: faults on purpose, to watch the house survive them (protocol.md section 11). */
abstract class FaultCommand extends ClientCommand {
    @Parameters(index = "0", paramLabel = "NODE", description = "a node's name, the first digits of its uid, or its address")
    String node;

    FaultCommand(CommandContext context) {
        super(context);
    }

    int inflict(AuctionHouse house, String fault, long forMs, String done) {
        NodeInfo hit = await(house.fault(node, fault, forMs));
        JsonObject json = object("node", hit.name());
        json.addProperty("uid", hit.uid());
        json.addProperty("fault", fault);
        if (forMs > 0) {
            json.addProperty("forMs", forMs);
        }
        out(json, hit.name() + " (" + hit.uid().substring(0, 4) + ", " + hit.role() + ") " + done);
        return ExitCode.DONE;
    }
}
