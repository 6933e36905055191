package org.gavel.node.cli;

import java.nio.file.Path;
import org.gavel.protocol.auction.Participant;
import org.gavel.protocol.client.ClientSettings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What every client command takes. */
final class ClientOptions {
    @Spec(Spec.Target.MIXEE)
    CommandSpec command;

    @Mixin
    ClusterOptions cluster;

    private String as = System.getProperty("user.name", "bidder");

    @Option(names = "--json", description = "print one JSON object a line, as docs/CLI.md describes")
    boolean json;

    @Option(names = "--timeout", paramLabel = "TIME", converter = DurationConverter.class, defaultValue = "15s",
            description = "how long to wait for an answer, such as 5s (default: ${DEFAULT-VALUE})")
    long timeoutMs = ClientSettings.TIMEOUT_MS;

    @Option(names = "--history", paramLabel = "FILE",
            description = "append every operation on an auction to this history, which 'check-history' judges (docs/HISTORIES.md)")
    Path history;

    @Option(names = "--as", paramLabel = "NAME", description = "which of the bidders kept on this machine you are (default: your user name); made when first used")
    void as(String name) {
        if (name.isBlank() || Participant.nameComplaint(name).isPresent()) {
            throw new ParameterException(command.commandLine(), "--as takes a name of 1 to " + Participant.NAME_CHARS_MAX + " visible characters");
        }
        as = name;
    }

    /** The bidder's name. */
    String as() {
        return as;
    }
}
