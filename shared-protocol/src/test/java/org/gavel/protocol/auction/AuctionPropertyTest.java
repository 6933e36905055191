package org.gavel.protocol.auction;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.gavel.protocol.auction.Outcome.Result;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.wire.MalformedException;
import org.junit.jupiter.api.Test;

/**
 * Random commands against what must always be true (protocol.md section 13, rows 2, 5, 6). One seed:
 * {@code mvn -pl shared-protocol test -Dtest=AuctionPropertyTest -Dgavel.seed=N}.
 */
class AuctionPropertyTest {
    private static final int SEEDS = 200;
    private static final int COMMANDS = 300;

    @Test
    void shouldKeepItsInvariantsUnderRandomCommands() throws MalformedException {
        Long one = Long.getLong("gavel.seed");
        for (long seed = one == null ? 1 : one; seed <= (one == null ? SEEDS : one); seed++) {
            try {
                run(new SplittableRandom(seed));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("replay: mvn -pl shared-protocol test -Dtest=AuctionPropertyTest -Dgavel.seed=" + seed, e);
            }
        }
    }

    private void run(SplittableRandom random) throws MalformedException {
        AuctionState first = new AuctionState();
        AuctionState second = new AuctionState();
        long timeMs = 0;
        long highestCents = 0;
        int ends = 0;
        for (int i = 0; i < COMMANDS; i++) {
            timeMs += random.nextInt(40) - 3;
            Uid client = random.nextInt(4) == 0 ? Uid.NOBODY : new Uid(1 + random.nextInt(6));
            byte[] body = body(random, first);
            AuctionSnapshot before = first.snapshot();
            Outcome outcome = first.apply(timeMs, client, body);
            assertThat(second.apply(timeMs, client, body).toJson()).as("two replicas").isEqualTo(outcome.toJson());
            check(before, outcome, first);
            if (outcome.accepted() && outcome.type().equals("bid")) {
                assertThat(outcome.amountCents()).as("price rises strictly").isGreaterThan(highestCents);
                assertThat(client).isNotEqualTo(first.terms().seller());
                highestCents = outcome.amountCents();
            }
            ends += outcome.accepted() && outcome.isEnd() ? 1 : 0;
            assertThat(ends).as("one end").isLessThanOrEqualTo(1);
            if (random.nextInt(20) == 0) {
                second = restored(first);
            }
        }
    }

    private static void check(AuctionSnapshot before, Outcome outcome, AuctionState after) throws MalformedException {
        assertThat(Outcome.fromJson(outcome.toJson())).isEqualTo(outcome);
        if (!outcome.accepted()) {
            AuctionSnapshot now = after.snapshot();
            assertThat(outcome.reason()).isNotEmpty();
            assertThat(new AuctionSnapshot(now.terms(), now.phase(), now.standing(), before.timeMs(), now.sold(), now.reason(), now.participants()))
                    .as("only time moves").isEqualTo(before);
        }
        if (before.phase().isOver()) {
            assertThat(outcome.accepted() && !outcome.type().equals("leave")).as("no accept after the end").isFalse();
            assertThat(after.standing()).isEqualTo(before.standing());
        }
        if (outcome.type().equals("closed")) {
            assertThat(outcome.result()).isEqualTo(Result.ACCEPTED);
            assertThat(after.timeMs()).isGreaterThanOrEqualTo(after.standing().endsAtMs());
        }
    }

    private static AuctionState restored(AuctionState from) throws MalformedException {
        AuctionState copy = new AuctionState();
        byte[] bytes = from.snapshot().toBytes();
        copy.restore(AuctionSnapshot.fromBytes(bytes));
        assertThat(copy.snapshot()).isEqualTo(from.snapshot());
        assertThat(copy.snapshot().toBytes()).isEqualTo(bytes);
        return copy;
    }

    private static byte[] body(SplittableRandom random, AuctionState state) {
        switch (random.nextInt(12)) {
            case 0 -> {
                Item item = new Item("lamp", "Lamp \u00e4", random.nextBoolean() ? "d" : null, random.nextInt(500), 1 + random.nextInt(50),
                        random.nextBoolean() ? Long.valueOf(random.nextInt(3_000)) : null);
                return AuctionCommand.open(new AuctionTerms("lamp-1", item, new Uid(1 + random.nextInt(6)), "s", 1 + random.nextInt(4_000),
                        random.nextInt(3) * 100L));
            }
            case 1 -> {
                return AuctionCommand.join(random.nextBoolean() ? "" : "n\u00fc\"" + random.nextInt(5));
            }
            case 2 -> {
                return AuctionCommand.leave();
            }
            case 3 -> {
                return AuctionCommand.close();
            }
            case 4 -> {
                return random.nextInt(20) == 0 ? AuctionCommand.cancel("why \\ not") : AuctionCommand.close();
            }
            case 5 -> {
                byte[] garbage = AuctionCommand.bid(1 + random.nextInt(1000), "note");
                garbage[random.nextInt(garbage.length)] = (byte) random.nextInt(256);
                return garbage;
            }
            case 6 -> {
                return ("{\"type\":\"bid\",\"amountCents\":" + random.nextLong() + "}").getBytes(StandardCharsets.UTF_8);
            }
            default -> {
                long around = state.standing().minimumCents() + random.nextInt(60) - 20;
                return AuctionCommand.bid(around, random.nextBoolean() ? null : "n", random.nextBoolean() ? null : "Bea");
            }
        }
    }
}
