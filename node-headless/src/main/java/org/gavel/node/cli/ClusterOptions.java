package org.gavel.node.cli;

import java.util.ArrayList;
import java.util.List;
import org.gavel.protocol.identity.Address;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where the cluster is: common to nodes and clients. */
final class ClusterOptions {
    static final int DISCOVERY_PORT = 45_454;
    static final int CLUSTER_CHARS_MAX = 64;
    static final int PEERS_MAX = 128;

    @Spec(Spec.Target.MIXEE)
    CommandSpec command;

    private String cluster = "gavel";
    private int port = DISCOVERY_PORT;
    private List<Address> peers = new ArrayList<>();

    @Option(names = "--bind", paramLabel = "WHERE", defaultValue = "loopback",
            description = "loopback (this machine only, the default), lan (the first card that is up and can broadcast), the name of a card, or an address of this machine")
    String bind;

    @Option(names = "--cluster", paramLabel = "NAME", defaultValue = "gavel", description = "name of the cluster (default: ${DEFAULT-VALUE}); others are not heard")
    void cluster(String name) {
        if (name.isBlank() || name.length() > CLUSTER_CHARS_MAX || name.chars().anyMatch(Character::isISOControl)) {
            throw new ParameterException(command.commandLine(), "a cluster's name has 1 to " + CLUSTER_CHARS_MAX + " visible characters");
        }
        cluster = name;
    }

    @Option(names = "--port", paramLabel = "PORT", defaultValue = "45454", description = "UDP port of the discovery by broadcast (default: ${DEFAULT-VALUE})")
    void port(int number) {
        if (number < 1 || number > 65_535) {
            throw new ParameterException(command.commandLine(), "--port is 1 to 65535, not " + number);
        }
        port = number;
    }

    @Option(names = "--peer", paramLabel = "HOST:PORT", converter = PeerConverter.class,
            description = "a node to ask directly, where broadcast does not reach; may be repeated")
    void peers(List<Address> addresses) {
        if (addresses.size() > PEERS_MAX) {
            throw new ParameterException(command.commandLine(), "--peer may be given " + PEERS_MAX + " times at most");
        }
        peers = addresses;
    }

    String cluster() {
        return cluster;
    }

    int port() {
        return port;
    }

    List<Address> peers() {
        return peers;
    }
}
