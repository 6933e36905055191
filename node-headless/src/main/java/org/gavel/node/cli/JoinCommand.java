package org.gavel.node.cli;

import java.util.concurrent.CompletableFuture;
import org.gavel.node.client.AuctionHouse;
import org.gavel.protocol.client.AuctionEvent;
import org.gavel.protocol.client.AuctionListener;
import org.gavel.protocol.client.ClientException;
import org.gavel.protocol.client.JoinResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "join", description = "Takes part in an auction and prints every event, in order, until the close.",
        footer = {"", "In the shell, it returns at once and prints events as they come; 'wait AUCTION' waits for the close.", "",
            "Examples:", "  gavel-node join lamp-3", "  gavel-node join lamp-3 --as mika --json"})
final class JoinCommand extends ClientCommand {
    @Parameters(paramLabel = "AUCTION", description = "id of an auction, as 'list' and 'start' show it")
    String auction;

    JoinCommand(CommandContext context) {
        super(context);
    }

    @Override
    int run(AuctionHouse house) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        if (context.shell() != null && !context.shell().follow(auction, end)) {
            throw CliException.usage("you follow " + auction + " already");
        }
        CompletableFuture<JoinResult> joined = house.join(auction, new Printer(end));
        // A join that is refused has no stream whose end could be told.
        joined.whenComplete((result, failure) -> {
            if (failure != null) {
                end.completeExceptionally(failure);
            }
        });
        if (context.shell() == null) {
            await(end);
        }
        await(joined);
        return ExitCode.DONE;
    }

    /** Prints the stream on the client's thread. */
    private final class Printer implements AuctionListener {
        private final CompletableFuture<Void> end;

        Printer(CompletableFuture<Void> end) {
            this.end = end;
        }

        @Override
        public void onEvent(AuctionEvent event) {
            out(json() ? EventLines.json(event) : EventLines.text(event));
        }

        @Override
        public void onNotice(String code, String sentence) {
            context.lines().err(sentence);
        }

        @Override
        public void onEnd(ClientException failure) {
            if (failure == null) {
                end.complete(null);
            } else {
                end.completeExceptionally(failure);
            }
        }
    }
}
