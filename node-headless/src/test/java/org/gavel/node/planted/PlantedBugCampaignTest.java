package org.gavel.node.planted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * Proof that the proof works (docs/PLANTED-BUGS.md): every planted bug is caught once more, from the seed at which the last full search caught it. Where the
 * code has changed since then, that seed may show another run; then the seeds behind it are tried, and the table wants to be written anew.
 * <p>The build hunts in groups and links, which takes half a minute; the bugs of whole clusters take minutes and are hunted with {@code -Dgavel.planted.cluster=true}. That their patches
 * still apply is checked here all the same.
 */
class PlantedBugCampaignTest {
    private static final int THREADS = 2;
    private static final boolean CLUSTER_TOO = Boolean.getBoolean("gavel.planted.cluster");

    @Test
    void shouldFindThePlaceOfEveryPlantedBugInTheSources() throws IOException {
        for (PlantedBug bug : PlantedBug.all()) {
            for (PlantedBug.Change change : bug.changes()) {
                String text = Files.readString(Project.directory().resolve(change.path()));
                assertThat(change.applyTo(text, bug.name())).isNotEqualTo(text);
            }
        }
    }

    @Test
    void shouldCatchEveryPlantedBugAgainInASeedThatPassesWithoutIt() throws Exception {
        Map<String, Long> seeds = PlantedBugTable.seeds();
        Control control = new Control();
        List<PlantedBug> hunted = PlantedBug.all().stream().filter(bug -> CLUSTER_TOO || !bug.profile().equals("cluster")).toList();
        List<String> missed = inParallel(hunted, bug -> {
            long first = seeds.getOrDefault(bug.name(), 1L);
            Hunt.Catch caught = control.hunt(bug, first, PlantedBugTable.SEEDS_MAX);
            return caught != null ? null : bug.name() + " was not caught by " + PlantedBugTable.SEEDS_MAX + " seeds of '" + bug.profile() + "' from " + first + " on";
        });
        assertThat(missed).isEmpty();
        assertThat(control.failures()).isEmpty();
    }

    @Test
    void shouldNameEveryPlantedBugInTheTable() {
        assertThat(PlantedBugTable.seeds().keySet()).as("docs/PLANTED-BUGS.md").containsExactlyInAnyOrderElementsOf(
            PlantedBug.all().stream().map(PlantedBug::name).toList());
        assertThat(PlantedBugTable.seeds().values()).allMatch(seed -> seed <= PlantedBugTable.SEEDS_MAX);
    }

    private interface Check<T> {
        /** A sentence on what is wrong, or null. */
        String of(T one);
    }

    private static <T> List<String> inParallel(List<T> all, Check<T> check) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<String>> results = new ArrayList<>();
            all.forEach(one -> results.add(threads.submit(() -> check.of(one))));
            List<String> wrong = new ArrayList<>();
            for (Future<String> result : results) {
                String sentence = result.get();
                if (sentence != null) {
                    wrong.add(sentence);
                }
            }
            return wrong;
        } finally {
            threads.shutdownNow();
        }
    }
}
