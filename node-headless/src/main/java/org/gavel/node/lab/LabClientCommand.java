package org.gavel.node.lab;

import com.google.gson.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.gavel.node.client.GavelClient;
import org.gavel.protocol.client.AuctionClient;
import org.gavel.protocol.client.ClientSettings;
import org.gavel.protocol.host.udp.BindAddress;
import org.gavel.protocol.identity.Address;
import org.gavel.protocol.identity.Uid;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code lab-client}: one of the lab's two clients. A line 'AUCTION CENTS' on standard input joins that auction; 'go' starts to bid there, from so
 * many cents on; the end of the input ends the program.
 */
@Command(name = "lab-client", hidden = true, description = "A client of the lab; started by 'lab' only.")
public final class LabClientCommand implements Callable<Integer> {
    @Option(names = "--bind", required = true)
    String bind;

    @Option(names = "--cluster", required = true)
    String cluster;

    @Option(names = "--port", required = true)
    int port;

    @Option(names = "--uid", required = true, description = "16 hex digits")
    String uid;

    @Option(names = "--peer")
    List<String> peers = new ArrayList<>();

    @Option(names = "--every", required = true, description = "ms between two bids")
    long everyMs;

    private final Consumer<String> out;
    private final InputStream in;
    /** The present one; on the client's thread. */
    private LabBidder bidder;
    private boolean going;

    /**
     * @param out where lines go
     * @param in  where orders come from
     */
    public LabClientCommand(Consumer<String> out, InputStream in) {
        this.out = out;
        this.in = in;
    }

    @Override
    public Integer call() throws IOException {
        Uid self = Uid.parseHex(uid);
        // No timeout: every bid is answered in the end, however long the fault lasts; that is the promise under test.
        ClientSettings settings = ClientSettings.defaults(cluster, self, "client " + self.shortForm()).withTimeoutMs(0);
        List<Address> seeds = peers.stream().map(Address::parse).toList();
        ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
        try (GavelClient client = GavelClient.open(BindAddress.resolve(bind), port, seeds, settings);
             BufferedReader orders = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            pace.scheduleAtFixedRate(() -> client.onClientThread(c -> bidOnce()), everyMs, everyMs, TimeUnit.MILLISECONDS);
            say(new JsonObject(), "ready");
            for (String order = orders.readLine(); order != null; order = orders.readLine()) {
                String[] words = order.split(" ");
                client.onClientThread(c -> obey(c, words));
            }
        } finally {
            pace.shutdownNow();
        }
        return 0;
    }

    private void obey(AuctionClient client, String[] words) {
        going = words[0].equals("go");
        if (!going) {
            bidder = new LabBidder((auction, cents) -> client.bid(auction, cents, null), words[0], Long.parseLong(words[1]), this::say);
            client.join(words[0], bidder);
        }
    }

    private void bidOnce() {
        if (going) {
            bidder.onPace();
        }
    }

    private void say(JsonObject line) {
        out.accept(line.toString());
    }

    private void say(JsonObject line, String kind) {
        line.addProperty("kind", kind);
        say(line);
    }
}
