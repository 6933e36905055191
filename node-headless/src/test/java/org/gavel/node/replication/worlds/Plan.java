package org.gavel.node.replication.worlds;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What may come from above in one part of a group's world: who may be nominated for which epoch, and which epoch's leader may put whom out. When, and whether at all, is
 * open. Together the parts hold every run of the world, and in each the calls at one node need not know of those at others.
 *
 * @param nominations each at most once
 * @param changeEpoch of the leader that may put {@code leaver} out; 0 for no change
 */
record Plan(List<Nomination> nominations, int changeEpoch, int leaver) {
    /** One node, counted from 0, and the epoch. */
    record Nomination(int node, int epoch) { }

    /** How the followers f1 to f3 may change places. */
    private static final int[][] RENAMINGS = {{1, 2, 3}, {1, 3, 2}, {2, 1, 3}, {2, 3, 1}, {3, 1, 2}, {3, 2, 1}};

    /**
     * All that use up what a world allows; a run that needs less is in one of them.
     *
     * @param alike the followers f1 to f3 are alike, so that one of all plans that differ by their names only is enough
     */
    static List<Plan> all(GroupWorld.Bounds bounds, int nodes, boolean changeLeft, boolean alike) {
        List<List<Nomination>> chosen = new ArrayList<>();
        choose(bounds, nodes, new ArrayList<>(), chosen);
        Set<Plan> known = new HashSet<>();
        List<Plan> plans = new ArrayList<>();
        for (List<Nomination> nominations : chosen) {
            for (int epoch = changeLeft ? 1 : 0; epoch <= (changeLeft ? bounds.epochsMax() : 0); epoch++) {
                for (int leaver = changeLeft ? 1 : 0; leaver <= (changeLeft ? 3 : 0); leaver++) {
                    Plan plan = new Plan(nominations, epoch, leaver);
                    if (plan.isOfUse() && known.add(plan)) {
                        plans.add(plan);
                        for (int i = 0; alike && i < RENAMINGS.length; i++) {
                            known.add(plan.renamed(RENAMINGS[i]));
                        }
                    }
                }
            }
        }
        return plans;
    }

    private static void choose(GroupWorld.Bounds bounds, int nodes, List<Nomination> some, List<List<Nomination>> out) {
        if (some.size() == bounds.takeOvers()) {
            out.add(List.copyOf(some));
            return;
        }
        Nomination last = some.isEmpty() ? new Nomination(1, 1) : some.get(some.size() - 1);
        for (int node = last.node(); node < nodes; node++) {
            for (int epoch = node == last.node() ? last.epoch() + 1 : 2; epoch <= bounds.epochsMax(); epoch++) {
                some.add(new Nomination(node, epoch));
                choose(bounds, nodes, some, out);
                some.remove(some.size() - 1);
            }
        }
    }

    /** An epoch that nobody is nominated for has no leader to change anything, and no leader puts itself out. */
    private boolean isOfUse() {
        return changeEpoch <= 1 || nominations.stream().anyMatch(n -> n.epoch() == changeEpoch && n.node() != leaver);
    }

    private Plan renamed(int[] names) {
        List<Nomination> others = new ArrayList<>();
        for (Nomination n : nominations) {
            others.add(new Nomination(n.node() >= 1 && n.node() <= 3 ? names[n.node() - 1] : n.node(), n.epoch()));
        }
        others.sort((a, b) -> a.node() != b.node() ? a.node() - b.node() : a.epoch() - b.epoch());
        return new Plan(List.copyOf(others), changeEpoch, leaver == 0 ? 0 : names[leaver - 1]);
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder("plan:");
        nominations.forEach(n -> out.append(' ').append(GroupCast.NAMES.get(n.node())).append(" for epoch ").append(n.epoch()));
        return out + (leaver == 0 ? "" : ", the leader of epoch " + changeEpoch + " replaces " + GroupCast.NAMES.get(leaver)) + ". ";
    }
}
