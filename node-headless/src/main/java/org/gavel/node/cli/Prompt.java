package org.gavel.node.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.gavel.node.client.AuctionHouse;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** The shell at a terminal: history, completion, and events printed above the prompt. */
final class Prompt {
    static final int HISTORY_LINES_MAX = 1_000;

    private final CommandContext context;
    private final ClientOptions options;
    private final AuctionHouse house;

    Prompt(CommandContext context, ClientOptions options, AuctionHouse house) {
        this.context = context;
        this.options = options;
        this.house = house;
    }

    /** @return always 0: at a prompt, a failed command is the person's to repeat */
    int run() throws IOException {
        try (Terminal terminal = TerminalBuilder.builder().system(true).dumb(true).build()) {
            Shell[] shell = new Shell[1];
            LineReader reader = LineReaderBuilder.builder().terminal(terminal).appName("gavel")
                    .variable(LineReader.HISTORY_FILE, historyFile())
                    .variable(LineReader.HISTORY_SIZE, HISTORY_LINES_MAX)
                    .variable(LineReader.HISTORY_FILE_SIZE, HISTORY_LINES_MAX)
                    .completer((itself, line, candidates) -> {
                        shell[0].refresh();
                        shell[0].candidates(line.words().subList(0, line.wordIndex())).forEach(word -> candidates.add(new Candidate(word)));
                    })
                    .build();
            shell[0] = new Shell(context, options, house, new AbovePrompt(reader), question -> answer(reader, question));
            shell[0].refresh();
            reader.printAbove("gavel, cluster " + options.cluster.cluster() + ", you are " + options.as() + "; 'help' shows the words, 'quit' ends");
            loop(reader, shell[0]);
        }
        return ExitCode.DONE;
    }

    private Path historyFile() {
        return IdentityFile.directory(context.environment(), System.getProperty("os.name"), System.getProperty("user.home")).resolve("history");
    }

    private static void loop(LineReader reader, Shell shell) {
        while (!shell.hasQuit()) {
            try {
                shell.line(reader.readLine("gavel> "));
            } catch (UserInterruptException e) {
                // Ctrl-C throws the line away, as in every shell.
                reader.printAbove("'quit' or Ctrl-D ends the shell");
            } catch (EndOfFileException e) {
                return;
            }
        }
    }

    private static String answer(LineReader reader, String question) {
        try {
            return reader.readLine(question);
        } catch (UserInterruptException | EndOfFileException e) {
            // Walking away from the question is a no.
            return "no";
        }
    }

    /** Lines from any thread, without tearing what the person is typing. */
    private record AbovePrompt(LineReader reader) implements Lines {
        @Override
        public void out(String line) {
            reader.printAbove(line);
        }

        @Override
        public void err(String sentence) {
            reader.printAbove(sentence);
        }
    }
}
