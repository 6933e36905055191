package org.gavel.node.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.gavel.node.catalogue.ItemCatalogue;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.ring.Member;
import org.gavel.protocol.ring.RingView;
import org.gavel.protocol.wire.MalformedException;
import org.junit.jupiter.api.Test;

/**
 * Random entries of the ring's log against what must always be true (protocol.md section 13, rows 2, 7, 9). One seed:
 * {@code mvn -pl node-headless -am test -Dtest=RingPropertyTest -Dsurefire.failIfNoSpecifiedTests=false -Dgavel.seed=N}.
 */
class RingPropertyTest {
    private static final int SEEDS = 60;
    private static final int COMMANDS = 250;
    private static final String[] ITEMS = {"lamp", "globe", "atlas", "sofa"};

    @Test
    void shouldKeepItsInvariantsUnderRandomEntries() {
        Long one = Long.getLong("gavel.seed");
        for (long seed = one == null ? 1 : one; seed <= (one == null ? SEEDS : one); seed++) {
            try {
                run(new SplittableRandom(seed));
            } catch (AssertionError | RuntimeException | MalformedException e) {
                throw new AssertionError("replay: mvn -pl node-headless -am test -Dtest=RingPropertyTest "
                        + "-Dsurefire.failIfNoSpecifiedTests=false -Dgavel.seed=" + seed, e);
            }
        }
    }

    private void run(SplittableRandom random) throws MalformedException {
        RingLab lab = new RingLab();
        lab.install(RingLab.ring(9));
        RingState second = new RingState();
        second.restore(lab.state.snapshot());
        Map<String, String> soldIn = new HashMap<>();
        Map<String, String> auctionOfRequest = new HashMap<>();
        for (int i = 0; i < COMMANDS; i++) {
            if (random.nextInt(15) == 0) {
                RingView view = nextView(random, lab.state.view());
                lab.install(view);
                second.begin(view);
            } else {
                byte[] body = body(random);
                RingOutcome outcome = lab.say(body);
                assertThat(second.apply(body)).as("two replicas").isEqualTo(outcome);
                rememberRequests(body, outcome, auctionOfRequest);
            }
            check(lab.state, soldIn);
            if (random.nextInt(25) == 0) {
                second = new RingState();
                second.restore(lab.state.snapshot());
            }
            assertThat(second.snapshot()).as("equal snapshots").isEqualTo(lab.state.snapshot());
        }
    }

    private static void rememberRequests(byte[] body, RingOutcome outcome, Map<String, String> auctionOfRequest) {
        if (outcome.type().equals("claim") && outcome.accepted()) {
            String text = new String(body, java.nio.charset.StandardCharsets.UTF_8);
            String request = text.replaceAll(".*\"requestId\":\"(\\w+)\".*", "$1");
            String first = auctionOfRequest.putIfAbsent(request, outcome.auctionId());
            assertThat(first == null || first.equals(outcome.auctionId())).as("a repeat gets its first auction").isTrue();
        }
    }

    private static void check(RingState state, Map<String, String> soldIn) {
        Set<PeerId> busy = new HashSet<>();
        for (DirectoryEntry entry : state.auctions()) {
            if (entry.isBusy()) {
                for (NodeRef node : entry.group().members()) {
                    assertThat(busy.add(node.peer())).as("one auction per node: " + node).isTrue();
                }
            }
            if (!entry.stage().isOver()) {
                CatalogueItem item = state.item(entry.itemId()).orElseThrow();
                assertThat(item.isClaimedBy(entry.auctionId())).as("an open auction holds its item").isTrue();
            }
        }
        for (CatalogueItem item : state.items()) {
            String id = item.item().id();
            String before = soldIn.get(id);
            assertThat(before == null || item.status() == ItemStatus.SOLD && item.auctionId().equals(before)).as("sold once").isTrue();
            if (item.status() == ItemStatus.SOLD) {
                soldIn.put(id, item.auctionId());
            }
            assertThat(item.auctionId().isEmpty()).isEqualTo(item.status() == ItemStatus.AVAILABLE);
        }
        state.idleNodes().forEach(node -> assertThat(busy).doesNotContain(node.peer()));
    }

    private static RingView nextView(SplittableRandom random, RingView view) {
        int n = 1 + random.nextInt(9);
        RingView changed = random.nextBoolean() ? view.without(List.of(new Uid(n)))
                : view.with(List.of(new Member(RingLab.node(n, 1 + random.nextInt(3)), n)));
        return changed.next(1, changed.members().isEmpty() ? Uid.NOBODY : changed.members().get(0).uid());
    }

    private static byte[] body(SplittableRandom random) {
        String auctionId = ITEMS[random.nextInt(3)] + "-" + (1 + random.nextInt(12));
        int first = 1 + random.nextInt(6);
        switch (random.nextInt(10)) {
            case 0 -> {
                return new RingCommand.Catalogue(ItemCatalogue.samples().items()).toBytes();
            }
            case 1, 2, 3 -> {
                return RingLab.claim(ITEMS[random.nextInt(4)], "r" + random.nextInt(60), first, first + 1, first + 2, first + 3).toBytes();
            }
            case 4 -> {
                return new RingCommand.Activated(auctionId, random.nextInt(4), new Uid(first),
                        random.nextBoolean() ? List.of() : List.of(new Uid(first), new Uid(1 + random.nextInt(9)))).toBytes();
            }
            case 5 -> {
                return new RingCommand.Members(auctionId, RingLab.nodes(first, first + 1, 1 + random.nextInt(9))).toBytes();
            }
            case 6 -> {
                return new RingCommand.Lapse(auctionId, "late").toBytes();
            }
            case 7 -> {
                String result = random.nextInt(4) == 0 ? RingLab.cancelled() : RingLab.closed(random.nextInt(6) == 0);
                return new RingCommand.Settle(auctionId, result).toBytes();
            }
            case 8 -> {
                return random.nextBoolean() ? new RingCommand.Release(ITEMS[random.nextInt(4)]).toBytes() : new RingCommand.Founded().toBytes();
            }
            default -> {
                return new RingCommand.Freed(auctionId).toBytes();
            }
        }
    }
}
