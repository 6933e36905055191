package org.gavel.node.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.UnaryOperator;
import org.gavel.node.client.AuctionHouse;
import org.gavel.protocol.client.AuctionList;
import org.jline.reader.SyntaxError;
import org.jline.reader.impl.DefaultParser;
import picocli.CommandLine;

/** The words of the program in a shell: one connection for all, auctions followed in the background. */
final class Shell {
    /** Auctions followed at once. */
    static final int FOLLOWED_MAX = 1_024;
    /** Words kept for completion, of each sort. */
    static final int KNOWN_MAX = 4_096;

    private final boolean json;
    private final AuctionHouse house;
    private final UnaryOperator<String> question;
    private final CommandLine commands;
    private final CommandContext context;
    private final DefaultParser parser = new DefaultParser();
    private final Map<String, CompletableFuture<Void>> followed = new LinkedHashMap<>();
    private final Set<String> items = new ConcurrentSkipListSet<>();
    private final Set<String> auctions = new ConcurrentSkipListSet<>();
    private boolean quit;
    private int firstFailure;

    /** @param question asks the person and returns the answer; null if nobody can be asked */
    Shell(CommandContext outer, ClientOptions options, AuctionHouse house, Lines lines, UnaryOperator<String> question) {
        this.json = options.json;
        this.house = house;
        this.question = question;
        context = outer.within(this, lines, itsOptions -> {
            refuseConnectionOptions(itsOptions);
            return house;
        });
        parser.setEofOnUnclosedQuote(true);
        commands = GavelNode.shellCommandLine(context, options);
    }

    private static void refuseConnectionOptions(ClientOptions options) {
        List<String> fixed = List.of("--cluster", "--port", "--bind", "--peer", "--as", "--timeout", "--history");
        for (String name : fixed) {
            if (options.command.commandLine().getParseResult().hasMatchedOption(name)) {
                throw CliException.usage(name + " is fixed while the shell runs; give it to 'client'");
            }
        }
    }

    boolean json() {
        return json;
    }

    boolean canAsk() {
        return question != null;
    }

    String ask(String what) {
        String answer = question.apply(what);
        return answer == null ? "" : answer;
    }

    /** False if it is followed already, and still runs. */
    boolean follow(String auction, CompletableFuture<Void> end) {
        followed.values().removeIf(CompletableFuture::isDone);
        if (followed.containsKey(auction)) {
            return false;
        }
        if (followed.size() >= FOLLOWED_MAX) {
            throw CliException.usage("you follow " + FOLLOWED_MAX + " auctions already");
        }
        followed.put(auction, end);
        learnAuction(auction);
        return true;
    }

    /** Waits for the close of a followed auction. */
    void awaitEnd(String auction) {
        CompletableFuture<Void> end = followed.get(auction);
        if (end == null) {
            throw CliException.usage("you do not follow " + auction + "; 'join " + auction + "' first");
        }
        ClientCommand.await(end);
    }

    void learn(AuctionList list) {
        items.clear();
        list.items().stream().limit(KNOWN_MAX).forEach(item -> items.add(item.id()));
        list.auctions().stream().limit(KNOWN_MAX).forEach(auction -> learnAuction(auction.auctionId()));
    }

    void learnAuction(String auction) {
        if (auctions.size() < KNOWN_MAX) {
            auctions.add(auction);
        }
    }

    /** Asks for the present items and auctions, to be known by the time they are completed. */
    void refresh() {
        house.list().thenAccept(this::learn);
    }

    /** What may stand behind the words so far. */
    Set<String> candidates(List<String> wordsBefore) {
        Set<String> all = new TreeSet<>();
        if (wordsBefore.isEmpty()) {
            all.addAll(commands.getSubcommands().keySet());
        } else if (wordsBefore.size() == 1) {
            switch (wordsBefore.get(0)) {
                case "start", "release" -> all.addAll(items);
                case "join", "bid", "leave", "wait" -> all.addAll(auctions);
                case "help" -> all.addAll(commands.getSubcommands().keySet());
                default -> { }
            }
        }
        return all;
    }

    void quit() {
        quit = true;
    }

    boolean hasQuit() {
        return quit;
    }

    /** Runs one line; a failure is told as a sentence and never ends the shell. */
    void line(String line) {
        String text = line.strip();
        if (text.isEmpty() || text.startsWith("#")) {
            return;
        }
        int exitCode;
        try {
            List<String> words = parser.parse(text, text.length()).words().stream().filter(word -> !word.isEmpty()).toList();
            exitCode = commands.execute(words.toArray(String[]::new));
        } catch (SyntaxError e) {
            context.lines().err("a quote is not closed: " + text);
            exitCode = ExitCode.USAGE;
        }
        if (firstFailure == ExitCode.DONE) {
            firstFailure = exitCode;
        }
    }

    /** Runs a script; each line is a command. */
    int runScript() throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(context.in(), StandardCharsets.UTF_8));
        for (String line = reader.readLine(); line != null && !quit; line = reader.readLine()) {
            line(line);
        }
        return firstFailure;
    }
}
