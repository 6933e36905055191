package org.gavel.node.cli;

import java.io.IOException;
import java.io.PrintStream;
import org.gavel.node.client.AuctionHouse;
import org.gavel.node.client.GavelClient;
import org.gavel.node.history.HistoryRecorder;
import org.gavel.node.history.RecordedHouse;
import org.gavel.protocol.client.ClientSettings;
import org.gavel.protocol.host.udp.BindAddress;
import org.gavel.protocol.identity.Uid;

/** The context of a real process. */
final class Surroundings {
    private Surroundings() { }

    static CommandContext ofProcess() {
        return new CommandContext(new Streams(System.out, System.err), System.in, System.console() != null, System.getenv(), Surroundings::open, null);
    }

    private static AuctionHouse open(ClientOptions options) {
        Uid bidder = IdentityFile.ofPerson(System.getenv(), System.getProperty("os.name"), System.getProperty("user.home")).uidOf(options.as());
        ClientSettings settings = ClientSettings.defaults(options.cluster.cluster(), bidder, options.as()).withTimeoutMs(options.timeoutMs);
        try {
            HistoryRecorder recorder = options.history == null ? null : HistoryFile.append(options.history, options.as());
            GavelClient client = GavelClient.open(bind(options.cluster), options.cluster.port(), options.cluster.peers(), settings);
            return recorder == null ? client : new RecordedHouse(client, bidder, recorder, () -> HistoryFile.close(recorder));
        } catch (IOException e) {
            throw new CliException(ExitCode.USAGE, e.getMessage(), e);
        }
    }

    /** @throws CliException with a sentence if there is no such card or address */
    static BindAddress bind(ClusterOptions options) {
        try {
            return BindAddress.resolve(options.bind);
        } catch (IllegalArgumentException e) {
            throw new CliException(ExitCode.USAGE, e.getMessage(), e);
        }
    }

    private record Streams(PrintStream results, PrintStream failures) implements Lines {
        @Override
        public void out(String line) {
            results.println(line);
            results.flush();
        }

        @Override
        public void err(String sentence) {
            failures.println(sentence);
        }
    }
}
