package org.gavel.node.planted;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The full search: every planted bug from seed 1 on, until it is caught. Rewrites the table of docs/PLANTED-BUGS.md. */
public final class PlantedBugSearch {
    private static final int THREADS = 2;
    private static final Control CONTROL = new Control();

    private PlantedBugSearch() { }

    /**
     * Searches with two threads and writes each row as soon as it is known.
     *
     * @param args first the most seeds for each bug (1,000 is what docs promise), then names of bugs or profiles; none: all
     */
    public static void main(String[] args) throws InterruptedException {
        long seeds = args.length == 0 ? PlantedBugTable.SEEDS_MAX : Long.parseLong(args[0]);
        List<String> names = List.of(args).subList(Math.min(1, args.length), args.length);
        List<PlantedBug> bugs = PlantedBug.all().stream().filter(b -> names.isEmpty() || names.contains(b.name()) || names.contains(b.profile())).toList();
        search(bugs, seeds);
    }

    private static void search(List<PlantedBug> bugs, long seeds) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Future<?>> searches = new ArrayList<>();
        bugs.forEach(bug -> searches.add(threads.submit(() -> searchOne(bug, seeds))));
        threads.shutdown();
        for (Future<?> search : searches) {
            try {
                search.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
        CONTROL.failures().forEach(System.out::println);
    }

    private static void searchOne(PlantedBug bug, long seeds) {
        long startedNs = System.nanoTime();
        Hunt.Catch caught = CONTROL.hunt(bug, 1, seeds);
        String found = caught == null ? "NOT CAUGHT" : "seed " + caught.seed() + " at " + caught.atMs() + " ms: " + caught.invariant() + ": "
            + String.join(" ", caught.sentence().strip().lines().limit(3).toList());
        System.out.printf("%-40s %-8s %s in %.1f s%n", bug.name(), bug.profile(), found, (System.nanoTime() - startedNs) / 1e9);
        PlantedBugTable.write(List.of(new PlantedBugTable.Row(bug, caught)));
    }
}
