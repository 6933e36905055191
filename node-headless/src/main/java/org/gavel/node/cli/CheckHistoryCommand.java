package org.gavel.node.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.gavel.node.history.AuctionVerdict;
import org.gavel.node.history.HistoryChecker;
import org.gavel.node.history.HistoryFormatException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "check-history", description = {"Judges a history: is there one order of all operations that explains every answer (linearizability)?",
        "Ends with 0 only if there is, for every auction; with 4 if not, or if the search was given up. docs/HISTORIES.md explains both."},
        footer = {"", "Examples:", "  gavel-node demo --history demo.jsonl", "  gavel-node check-history demo.jsonl",
            "  gavel-node check-history demo.jsonl --json"})
final class CheckHistoryCommand implements Callable<Integer> {
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    @Spec
    CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "as --history wrote it")
    Path file;

    @Option(names = "--budget", paramLabel = "N", defaultValue = "" + HistoryChecker.BUDGET,
            description = "configurations that a search may remember beyond one for each operation (default: ${DEFAULT-VALUE})")
    long budget;

    @Option(names = "--json", description = "print one JSON object for each auction")
    boolean json;

    private final CommandContext context;

    CheckHistoryCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (budget < 1) {
            throw CliException.usage("--budget is 1 or more, not " + budget);
        }
        List<AuctionVerdict> verdicts;
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            verdicts = new HistoryChecker(budget).check(lines);
        } catch (IOException e) {
            throw new CliException(ExitCode.USAGE, "the history " + file + " cannot be read (" + e.getMessage() + ")", e);
        } catch (HistoryFormatException e) {
            throw new CliException(ExitCode.USAGE, file + " is no history: " + e.getMessage(), e);
        }
        if (verdicts.isEmpty()) {
            throw CliException.usage(file + " names no auction; there is nothing to judge");
        }
        verdicts.forEach(verdict -> {
            if (json) {
                context.lines().out(GSON.toJson(toJson(verdict)));
            } else {
                tell(verdict);
            }
        });
        return verdicts.stream().allMatch(AuctionVerdict::isOk) ? ExitCode.DONE : ExitCode.REFUSED;
    }

    private void tell(AuctionVerdict v) {
        String counted = v.operations() + " operations, " + v.unanswered() + " of them without an answer";
        switch (v.verdict()) {
            case OK -> context.lines().out(v.auction() + ": ok, one order explains every answer (" + counted + ")");
            case UNKNOWN -> context.lines().out(v.auction() + ": unknown, which counts as a failure: " + v.sentence() + " (" + counted + ")");
            case VIOLATION -> {
                context.lines().out(v.auction() + ": VIOLATION: " + v.sentence() + " (" + counted + ")");
                context.lines().out("  the first " + v.shortestPrefix() + " lines fail already; " + v.stuck().get(0));
                v.stuck().stream().skip(1).forEach(sentence -> context.lines().out("    " + sentence));
            }
        }
    }

    private static JsonObject toJson(AuctionVerdict v) {
        JsonObject one = new JsonObject();
        one.addProperty("auctionId", v.auction());
        one.addProperty("verdict", v.verdict().name().toLowerCase(java.util.Locale.ROOT));
        one.addProperty("operations", v.operations());
        one.addProperty("unanswered", v.unanswered());
        if (!v.sentence().isEmpty()) {
            one.addProperty("sentence", v.sentence());
        }
        if (v.verdict() == AuctionVerdict.Verdict.VIOLATION) {
            one.addProperty("shortestPrefix", v.shortestPrefix());
            JsonArray stuck = new JsonArray();
            v.stuck().forEach(stuck::add);
            one.add("stuck", stuck);
        }
        return one;
    }
}
