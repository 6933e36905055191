package org.gavel.node.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.gavel.node.client.AuctionHouse;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What all client commands share: the connection, the lines, and waiting for an answer. */
abstract class ClientCommand implements Callable<Integer> {
    static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    @Spec
    CommandSpec spec;

    @Mixin
    ClientOptions options;

    final CommandContext context;

    ClientCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        AuctionHouse house = context.opener().open(options);
        try {
            return run(house);
        } finally {
            if (context.shell() == null) {
                house.close();
            }
        }
    }

    /** @return the exit code */
    abstract int run(AuctionHouse house);

    boolean json() {
        return options.json || context.shell() != null && context.shell().json();
    }

    void out(String line) {
        context.lines().out(line);
    }

    /** One line of JSON, or else a line for people. */
    void out(Object json, String line) {
        out(json() ? GSON.toJson(json) : line);
    }

    static JsonObject object(String name, String value) {
        JsonObject json = new JsonObject();
        json.addProperty(name, value);
        return json;
    }

    /**
     * Waits for an answer.
     *
     * @throws org.gavel.protocol.client.ClientException if the call failed so
     */
    static <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
