package org.gavel.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.gavel.node.demo.Verdict;
import org.gavel.node.processes.LocalNode;
import org.gavel.protocol.monitor.NodeStatus;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Seven real processes; kill -9 of each role while bids flow (protocol.md section 13, items 3 to 6). */
class CrashIT {
    private static final int NODES = 7;
    private static final long AUCTION_MS = 15_000;
    private static final int BIDS = 20;

    @ParameterizedTest(name = "shouldKeepEveryAcceptedBidThroughKillOf [{0}]")
    @ValueSource(strings = {"active", "follower", "inm", "idle"})
    void shouldKeepEveryAcceptedBidThroughKillOf(String role) throws Exception {
        try (ProcessCluster cluster = new ProcessCluster()) {
            cluster.start(NODES);
            ProcessCluster.Auction auction = cluster.startAuction(AUCTION_MS);
            assertThat(auction.ledger().awaitAccepted(BIDS, ProcessCluster.PATIENCE_MS)).isTrue();

            NodeStatus victim = cluster.awaitRole(role);
            LocalNode process = cluster.process(victim);
            process.kill();
            assertThat(process.awaitEnd(ProcessCluster.PATIENCE_MS)).isTrue();
            long acceptedAtKill = auction.ledger().acceptedCount();

            assertThat(auction.ledger().awaitEnd(ProcessCluster.PATIENCE_MS)).as("the auction ends and every bid is answered").isTrue();
            Verdict verdict = auction.ledger().verdict();
            assertThat(verdict.complaints()).isEmpty();
            assertThat(verdict.accepted()).as("bids were accepted after the kill as well").isGreaterThan(acceptedAtKill);
            assertThat(verdict.winner()).isNotEmpty();
            cluster.awaitSettled(NODES - 1);
            cluster.awaitAllIdle();
        }
    }
}
