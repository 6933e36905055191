package org.gavel.node.cli;

import java.io.IOException;
import org.gavel.node.client.AuctionHouse;
import picocli.CommandLine.Command;

@Command(name = "client", description = "The same words in a shell; reads a script if standard input is no terminal.",
        footer = {"", "In a script each line is a command, # starts a remark; the exit code is that of the first failure.", "",
            "Examples:", "  gavel-node client --as mika", "  printf 'list\\nbid lamp-3 125\\n' | gavel-node client --json"})
final class ShellCommand extends ClientCommand {
    ShellCommand(CommandContext context) {
        super(context);
    }

    @Override
    int run(AuctionHouse house) {
        try {
            return context.interactive() ? new Prompt(context, options, house).run()
                    : new Shell(context, options, house, context.lines(), null).runScript();
        } catch (IOException e) {
            throw new CliException(ExitCode.UNEXPECTED, "the terminal or standard input cannot be read (" + e.getMessage() + ")", e);
        }
    }
}
