package org.gavel.node.lab;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.gavel.node.catalogue.ItemCatalogue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lab}: see the package. */
@Command(name = "lab", hidden = true, description = {"Holds auctions on six hosts under real faults and gives a verdict. Run it as node-headless/lab/run, as root:",
    "that makes the hosts (network namespaces), hands all options on, and takes the hosts away again."})
public final class LabCommand implements Callable<Integer> {
    static final int ROUNDS_MAX = 1_000;
    private static final int ITEMS = ItemCatalogue.ITEMS_MAX;
    private static final int PORT = 42_424;
    private static final long EVERY_MS_MIN = 1;

    @Spec
    CommandSpec spec;

    @Option(names = "--list", description = "print the scenarios and end")
    boolean list;

    @Option(names = "--scenario", paramLabel = "NAME", description = "only this one; may be repeated (default: all)")
    List<String> names = new ArrayList<>();

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "1", description = "of each scenario, in turn (default: ${DEFAULT-VALUE})")
    int rounds;

    @Option(names = "--every", paramLabel = "MS", defaultValue = "20", description = "ms between two bids of each client (default: ${DEFAULT-VALUE})")
    long everyMs;

    @Option(names = "--seed", paramLabel = "N", description = "of what is left to chance: whom a fault strikes (default: drawn)")
    Long seed;

    @Option(names = "--json", paramLabel = "FILE", description = "append every round there, one JSON object a line")
    Path json;

    @Option(names = "--logs", paramLabel = "DIR", description = "nodes say there what they do")
    Path logs;

    @Option(names = "--namespaces", hidden = true, description = "prefix of the hosts' names; given by lab/run")
    String prefix;

    @Option(names = "--network", hidden = true, description = "first three numbers of the hosts' addresses; given by lab/run")
    String net;

    private final Consumer<String> out;
    private final Figures figures = new Figures();
    private LabCluster cluster;
    private boolean clusterBySeeds;
    private int clusters;
    private int sold;

    /** @param out where lines go */
    public LabCommand(Consumer<String> out) {
        this.out = out;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Scenario> all = Scenarios.all();
        if (list) {
            all.forEach(scenario -> out.accept(String.format("%-15s %s", scenario.name(), scenario.description())));
            return 0;
        }
        require(prefix != null && net != null, "the lab needs its hosts: run node-headless/lab/run instead, as root");
        require(rounds >= 1 && rounds <= ROUNDS_MAX, "--rounds is 1 to " + ROUNDS_MAX + ", not " + rounds);
        require(everyMs >= EVERY_MS_MIN, "--every is at least " + EVERY_MS_MIN + " ms");
        for (String name : names) {
            require(all.stream().anyMatch(scenario -> scenario.name().equals(name)), "there is no scenario '" + name + "'; --list shows them");
        }
        makeLogs();
        List<Scenario> chosen = all.stream().filter(scenario -> names.isEmpty() || names.contains(scenario.name())).toList();
        long drawn = seed == null ? new Random().nextLong() : seed;
        out.accept("seed " + drawn + ", " + chosen.size() + " scenarios, " + rounds + " rounds");
        Path items = Files.createTempFile("gavel-lab", ".json");
        try {
            Files.writeString(items, items());
            return run(chosen, drawn, items);
        } finally {
            closeCluster();
            Files.delete(items);
        }
    }

    private void makeLogs() {
        if (logs != null) {
            try {
                Files.createDirectories(logs);
            } catch (IOException e) {
                throw new ParameterException(spec.commandLine(), "--logs " + logs + " is no directory and cannot be made one; name another one", e);
            }
        }
    }

    private int run(List<Scenario> chosen, long drawn, Path items) throws IOException, InterruptedException {
        LabNetwork network = new LabNetwork(prefix, net, LabNetwork.system());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> figures.table().forEach(out), "lab-figures"));
        for (int number = 1; number <= rounds; number++) {
            for (Scenario scenario : chosen) {
                Random random = new Random(drawn * 31 + number * 1_009L + scenario.name().hashCode());
                clusterFor(scenario, network, items, random);
                RoundResult result = new Round(cluster, network, scenario, number, random).run();
                tell(result);
                if (!result.held()) {
                    closeCluster();
                }
            }
        }
        return figures.allHeld() ? 0 : 1;
    }

    /** The one before, if it is whole and of the right kind. */
    private void clusterFor(Scenario scenario, LabNetwork network, Path items, Random random) throws IOException, InterruptedException {
        if (cluster != null && (clusterBySeeds != scenario.seedsOnly() || ++sold >= ITEMS)) {
            closeCluster();
        }
        if (cluster != null) {
            return;
        }
        network.heal();
        if (scenario.seedsOnly()) {
            network.blockBroadcasts();
        }
        clusters++;
        sold = 0;
        LabCluster.Settings settings = new LabCluster.Settings(prefix + "-" + clusters, PORT, scenario.seedsOnly(), everyMs, items, logs);
        cluster = new LabCluster(settings, network, random);
        clusterBySeeds = scenario.seedsOnly();
        cluster.start();
    }

    private void closeCluster() {
        if (cluster != null) {
            cluster.close();
            cluster = null;
        }
    }

    private void tell(RoundResult result) throws IOException {
        figures.add(result);
        out.accept(String.format("%-15s %3d/%d %-6s %d bids, %d accepted; take-over ms %s, healed ms %s; %s", result.scenario(), result.number(), rounds,
            result.held() ? "held" : "FAILED", result.sent(), result.accepted(), result.takeOverMs(), result.healMs(), String.join("; ", result.notes())));
        result.complaints().forEach(complaint -> out.accept("    " + complaint));
        if (json != null) {
            Files.writeString(json, new Gson().toJson(result) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }

    private static String items() {
        JsonArray items = new JsonArray();
        for (int i = 1; i <= ITEMS; i++) {
            JsonObject item = new JsonObject();
            item.addProperty("id", String.format("lot%04d", i));
            item.addProperty("title", "Lot " + i);
            item.addProperty("startPriceCents", 100);
            item.addProperty("incrementCents", 1);
            items.add(item);
        }
        return items.toString();
    }

    private void require(boolean holds, String sentence) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), sentence);
        }
    }
}
