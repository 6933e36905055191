package org.gavel.node.cli;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The program run within a test: no process, no network. */
final class Program implements Lines {
    final FakeAuctionHouse house = new FakeAuctionHouse();
    final List<String> out = new ArrayList<>();
    final List<String> err = new ArrayList<>();
    ClientOptions opened;
    String input = "";
    boolean interactive;

    int run(String... args) {
        CommandContext context = new CommandContext(this, new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), interactive, Map.of(),
                options -> {
                    opened = options;
                    return house;
                }, null);
        return GavelNode.run(context, args);
    }

    @Override
    public void out(String line) {
        out.add(line);
    }

    @Override
    public void err(String sentence) {
        err.add(sentence);
    }
}
