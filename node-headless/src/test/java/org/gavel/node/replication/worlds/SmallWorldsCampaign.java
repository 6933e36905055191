package org.gavel.node.replication.worlds;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * The long searches of docs/MODEL-CHECKING.md. No part of a build (its name is not a test's); run as said there, with
 * {@code -Dworlds=lcr,groups,bugs} or names of {@link Worlds} or {@link PlantedBug}, {@code -Dworlds.states}, {@code -Dworlds.seconds} (per search).
 */
final class SmallWorldsCampaign {
    private final Search.Limits limits = new Search.Limits(Long.getLong("worlds.states", 50_000_000), 10_000, Integer.getInteger("worlds.seconds", 300));
    private final List<String> broken = new ArrayList<>();

    /** The same without a build tool; working directory and class path as in the test. */
    public static void main(String[] arguments) {
        new SmallWorldsCampaign().shouldHoldInEveryStateThatIsReached();
    }

    @Test
    void shouldHoldInEveryStateThatIsReached() {
        for (String name : System.getProperty("worlds", "lcr,groups,bugs").split(",")) {
            switch (name) {
                case "lcr" -> elections();
                case "groups" -> Arrays.stream(Worlds.values()).forEach(this::group);
                case "bugs" -> Arrays.stream(PlantedBug.values()).forEach(this::bug);
                default -> byName(name);
            }
        }
        assertThat(broken).isEmpty();
    }

    private void byName(String name) {
        if (Arrays.stream(Worlds.values()).anyMatch(w -> w.name().equals(name))) {
            group(Worlds.valueOf(name));
        } else {
            bug(PlantedBug.valueOf(name));
        }
    }

    private void elections() {
        int largest = Integer.getInteger("worlds.nodes", 5);
        for (int n = Integer.getInteger("worlds.nodes.from", Math.min(3, largest)); n <= largest; n++) {
            for (int crashes = Integer.getInteger("worlds.crashes.from", 0); crashes <= Integer.getInteger("worlds.crashes", 2); crashes++) {
                ElectionWorld.Bounds bounds = new ElectionWorld.Bounds(crashes, Integer.getInteger("worlds.starters", n), Integer.getInteger("worlds.losses", 0),
                        Integer.getInteger("worlds.early", 0), true, Integer.getInteger("worlds.resends", 0), crashes + 1 + Integer.getInteger("worlds.epochs", 0));
                List<int[]> rings = Rings.of(n);
                int last = Math.min(rings.size(), Integer.getInteger("worlds.rings", rings.size()));
                for (int[] ring : rings.subList(Math.min(last, Integer.getInteger("worlds.rings.from", 1) - 1), last)) {
                    ring(String.format(Locale.ROOT, "LCR n=%d crashes<=%d ring %s", n, crashes, Arrays.toString(ring)), new ElectionWorld(bounds, ring));
                }
            }
        }
    }

    /** Plan by plan: what one took is given back before the next. */
    private void ring(String name, ElectionWorld world) {
        long states = 0;
        int exhausted = 0;
        List<Integer> plans = world.plans();
        for (int plan : plans) {
            Search.Outcome outcome = Search.run(world.only(plan), limits, line -> System.out.println("  " + line));
            tell(name + ", " + world.describe(plan), outcome.story());
            note(outcome);
            states += outcome.states();
            exhausted += outcome.isExhausted() ? 1 : 0;
        }
        tell(name, String.format(Locale.ROOT, "%,d states; %d of %d plans exhausted; %d outcomes at rest, together %08x", states, exhausted, plans.size(), world.rests.size(),
            world.rests.hashCode()));
    }

    private void group(Worlds world) {
        Search.Outcome outcome = Search.run(world.open(!Boolean.getBoolean("worlds.unreduced")), limits, line -> System.out.println("  " + world + " " + line));
        tell(world.toString(), outcome.story());
        note(outcome);
    }

    private void note(Search.Outcome outcome) {
        if (outcome.broken() != null || outcome.isExhausted() && !outcome.acyclic()) {
            broken.add(outcome.story());
        }
    }

    private void bug(PlantedBug bug) {
        String story = bug.search(limits);
        tell("bug " + bug + " in " + bug.world(), Boolean.getBoolean("worlds.stories") ? story : story.lines().findFirst().orElse(""));
        if (!story.contains("BROKEN")) {
            broken.add(bug + " was not found");
        }
    }

    private static void tell(String what, String story) {
        System.out.println(what + ": " + story);
    }
}
