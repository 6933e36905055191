package org.gavel.node.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.gavel.node.bench.BenchCommand;
import org.gavel.node.demo.DemoCommand;
import org.gavel.node.lab.LabClientCommand;
import org.gavel.node.lab.LabCommand;
import org.gavel.node.processes.NodeFailedException;
import org.gavel.protocol.client.ClientException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/** The program: a server node, and the auction house's client in a terminal. */
@Command(name = "gavel-node", scope = ScopeType.INHERIT, mixinStandardHelpOptions = true, versionProvider = GavelNode.ManifestVersion.class,
        synopsisSubcommandLabel = "COMMAND", usageHelpAutoWidth = true, sortOptions = false)
public final class GavelNode {
    private static final String DESCRIPTION = "A fault-tolerant auction house for the machines of a LAN.";

    private GavelNode() { }

    public static void main(String[] args) {
        System.exit(run(Surroundings.ofProcess(), args));
    }

    /** @return the exit code */
    static int run(CommandContext context, String... args) {
        // A node is started by the dozen and must be small and quick: it does not load what only clients need.
        boolean node = args.length > 0 && args[0].equals("node");
        return commandLine(context, node ? List.of(new NodeCommand(context)) : commands(context)).execute(args);
    }

    /** Every command; a new one is registered here. */
    static List<Object> commands(CommandContext context) {
        List<Object> all = new ArrayList<>(List.of(new NodeCommand(context)));
        all.addAll(clientCommands(context));
        all.add(2, new ShellCommand(context));
        all.add(new DemoCommand(context.lines()::out, context.interactive(), context.environment()));
        all.add(new BenchCommand(context.lines()::out));
        all.add(new CheckHistoryCommand(context));
        all.add(new LabCommand(context.lines()::out));
        all.add(new LabClientCommand(context.lines()::out, context.in()));
        all.add(new SimulateCommand(context));
        return all;
    }

    private static List<Object> clientCommands(CommandContext context) {
        return List.of(new StatusCommand(context), new ListCommand(context), new StartCommand(context), new JoinCommand(context),
                new BidCommand(context), new LeaveCommand(context), new KillCommand(context), new PauseCommand(context),
                new IsolateCommand(context), new ForgetCommand(context), new ReleaseCommand(context));
    }

    static CommandLine commandLine(CommandContext context, List<Object> commands) {
        return assemble(context, "gavel-node", commands);
    }

    /** The client's words, without the program's name. */
    static CommandLine shellCommandLine(CommandContext context, ClientOptions outer) {
        List<Object> words = new ArrayList<>(clientCommands(context));
        words.addAll(List.of(new WaitCommand(context), new QuitCommand(context), new HelpCommand()));
        CommandLine line = assemble(context, "", words);
        line.getCommandSpec().usageMessage().customSynopsis("The words of this shell; 'help WORD' explains one.").description("");
        line.getSubcommands().values().stream().filter(sub -> sub.getCommand() instanceof ClientCommand)
                .forEach(sub -> sub.setDefaultValueProvider(argument -> argument.isOption()
                        && ((CommandLine.Model.OptionSpec) argument).longestName().equals("--as") ? outer.as() : null));
        return line;
    }

    private static CommandLine assemble(CommandContext context, String name, List<Object> commands) {
        CommandLine line = new CommandLine(new GavelNode());
        line.getCommandSpec().usageMessage().description(DESCRIPTION);
        commands.forEach(line::addSubcommand);
        line.setCommandName(name);
        line.setOut(writer(context.lines()::out));
        line.setErr(writer(context.lines()::err));
        line.setParameterExceptionHandler((mistake, args) -> onMistake(context, mistake));
        line.setExecutionExceptionHandler((failure, itself, parsed) -> onFailure(context, failure, parsed));
        return line;
    }

    private static int onMistake(CommandContext context, ParameterException mistake) {
        String command = mistake.getCommandLine().getCommandSpec().qualifiedName().strip();
        String help = context.shell() == null ? "'" + command + " --help' shows how it is meant" : "'help' shows the words";
        Throwable cause = mistake.getCause();
        String sentence = cause instanceof CommandLine.TypeConversionException ? cause.getMessage() : mistake.getMessage();
        if (mistake instanceof CommandLine.UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
            String word = unmatched.getUnmatched().get(0);
            sentence = mistake.getCommandLine().getSubcommands().isEmpty() ? "'" + word + "' is one word too many" : "there is no command '" + word + "'";
        }
        context.lines().err(firstLine(sentence) + "; " + help);
        return ExitCode.USAGE;
    }

    private static int onFailure(CommandContext context, Exception failure, ParseResult parsed) {
        if (failure instanceof ClientException known) {
            context.lines().err(known.getMessage());
            return known.exitCode();
        }
        if (failure instanceof CliException known) {
            context.lines().err(known.getMessage());
            return known.exitCode();
        }
        if (failure instanceof NodeFailedException) {
            context.lines().err(failure.getMessage());
            return ExitCode.UNEXPECTED;
        }
        LoggerFactory.getLogger(GavelNode.class).debug("{} failed", parsed.commandSpec().name(), failure);
        context.lines().err("something unexpected went wrong (" + failure.getClass().getSimpleName() + ": " + failure.getMessage()
                + "); please report it");
        return ExitCode.UNEXPECTED;
    }

    private static String firstLine(String text) {
        int end = text.indexOf('\n');
        String line = end < 0 ? text : text.substring(0, end);
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }

    /** Picocli writes whole texts: they go out line by line. */
    private static PrintWriter writer(java.util.function.Consumer<String> lines) {
        StringWriter buffer = new StringWriter();
        return new PrintWriter(buffer) {
            @Override
            public void flush() {
                String text = buffer.toString();
                buffer.getBuffer().setLength(0);
                text.lines().forEach(lines);
            }
        };
    }

    /** The jar's own manifest. */
    static final class ManifestVersion implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = GavelNode.class.getPackage().getImplementationVersion();
            return new String[] {"gavel " + (version == null ? "(not from a jar)" : version)};
        }
    }
}
