package org.gavel.node.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "wait", description = "Waits until an auction that you have joined is over.", footer = {"", "Example:", "  wait lamp-3"})
final class WaitCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(paramLabel = "AUCTION", description = "id of an auction")
    String auction;

    WaitCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        context.shell().awaitEnd(auction);
        return ExitCode.DONE;
    }
}
