package org.gavel.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gavel.node.processes.NodeProcesses;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands of the jar as a person types them, against a running cluster: exit codes and sentences of docs/CLI.md. */
class CommandsIT {
    private static ProcessCluster cluster;

    @TempDir
    static Path home;

    @BeforeAll
    static void startCluster() throws Exception {
        cluster = new ProcessCluster();
        cluster.start(5);
    }

    @AfterAll
    static void endCluster() {
        cluster.close();
    }

    @Test
    void shouldSellToTheHighestBidderAndRefuseWhatComesLater() throws Exception {
        ProcessCluster.Ended start = cluster.run(home, "start", "lamp", "--duration", "8s", "--as", "selma", "--json");
        assertThat(start.exitCode()).as(start.err()).isZero();
        String auction = start.out().replaceAll("(?s).*\"auctionId\":\"([^\"]+)\".*", "$1");

        assertThat(cluster.run(home, "bid", auction, "55", "--as", "mika").exitCode()).isZero();
        ProcessCluster.Ended low = cluster.run(home, "bid", auction, "55", "--as", "tove", "--json");
        assertThat(low.exitCode()).isEqualTo(4);
        assertThat(low.out()).contains("\"result\":\"rejected\"").contains("\"minimumCents\":6000");
        ProcessCluster.Ended own = cluster.run(home, "bid", auction, "500", "--as", "selma");
        assertThat(own.exitCode()).as("the seller's own bid").isEqualTo(4);

        ProcessCluster.Ended join = cluster.run(home, "join", auction, "--as", "tove", "--json");
        assertThat(join.exitCode()).isZero();
        assertThat(join.out().strip().lines().reduce((a, b) -> b).orElse("")).contains("\"type\":\"closed\"").contains("\"winnerName\":\"mika\"")
            .contains("\"priceCents\":5500");
        assertThat(cluster.run(home, "bid", auction, "900", "--as", "tove").exitCode()).as("a bid after the close").isEqualTo(4);
    }

    @ParameterizedTest(name = "{0} ends with {1} and says {2}")
    @CsvSource(delimiter = '|', textBlock = """
        start nosuchitem      | 4 | nosuchitem
        bid nosuch-1 50       | 4 | nosuch-1
        bid lamp-1 ten        | 2 | not a number
        bid lamp-1 -5         | 2 | -5
        bid lamp-1 1.234      | 2 | decimals
        bid lamp-1 90000000000000.01 | 2 | too large
        kill nosuchnode       | 4 | nosuchnode
        """)
    void shouldAnswerBadInputWithASentence(String line, int exitCode, String word) throws Exception {
        ProcessCluster.Ended ended = cluster.run(home, line.strip().split(" "));

        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(exitCode);
        assertThat(ended.err()).contains(word);
        assertThat(ended.err().strip().lines()).as("one sentence, no stack trace").hasSize(1);
    }

    @ParameterizedTest(name = "items {0}")
    @CsvSource(delimiter = '|', textBlock = """
        no JSON        | {this is no JSON
        a doubled id   | [{"id":"a","title":"A","startPriceCents":1,"incrementCents":1},{"id":"a","title":"B","startPriceCents":1,"incrementCents":1}]
        negative price | [{"id":"a","title":"A","startPriceCents":-1,"incrementCents":1}]
        """)
    void shouldNotStartANodeOnBadItems(String what, String json) throws Exception {
        Path file = Files.writeString(home.resolve("items.json"), json);

        ProcessCluster.Ended ended = cluster.run(home, "node", "--items", file.toString());

        assertThat(ended.exitCode()).as(what).isEqualTo(2);
        assertThat(ended.err()).contains("items.json");
        assertThat(ended.out()).as("never ready").isEmpty();
    }

    @Test
    void shouldNotStartANodeOnAMissingItemsFile() throws Exception {
        assertThat(cluster.run(home, "node", "--items", home.resolve("nowhere.json").toString()).exitCode()).isEqualTo(2);
    }

    @Test
    void shouldSayThatNobodyIsThere() throws Exception {
        ProcessCluster.Ended ended = ProcessCluster.runPlain(home, "status", "--cluster", "nobody", "--port", String.valueOf(NodeProcesses.freePort()),
            "--timeout", "1s");

        assertThat(ended.exitCode()).isEqualTo(3);
    }

    @Test
    void shouldSayThatAPortIsTakenByAnotherProgram() throws Exception {
        try (DatagramSocket other = ofItsOwn()) {
            ProcessCluster.Ended ended = ProcessCluster.runPlain(home, "node", "--cluster", "x", "--port", String.valueOf(other.getLocalPort()));

            assertThat(ended.exitCode()).isEqualTo(2);
            assertThat(ended.err()).contains(String.valueOf(other.getLocalPort()));
        }
    }

    @Test
    void shouldRefuseAnUnknownCardAndNameWhatThereIs() throws Exception {
        ProcessCluster.Ended ended = cluster.run(home, "node", "--bind", "nocard7");

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).contains("nocard7").contains("this machine has");
    }

    /** A socket that shares its port with nobody, and so is no node's. */
    private static DatagramSocket ofItsOwn() throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        channel.setOption(StandardSocketOptions.SO_REUSEADDR, false);
        channel.bind(new InetSocketAddress(InetAddress.getByName("0.0.0.0"), 0));
        return channel.socket();
    }
}
