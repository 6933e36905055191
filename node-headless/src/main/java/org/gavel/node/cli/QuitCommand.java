package org.gavel.node.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "quit", aliases = "exit", description = "Ends the shell; auctions go on without you, your bids stand.",
        footer = {"", "Example:", "  quit"})
final class QuitCommand implements Callable<Integer> {
    private final CommandContext context;

    QuitCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        context.shell().quit();
        return ExitCode.DONE;
    }
}
