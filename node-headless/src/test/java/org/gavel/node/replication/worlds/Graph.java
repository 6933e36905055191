package org.gavel.node.replication.worlds;

/** A directed graph, to be asked whether it has a cycle. */
final class Graph {
    private final IntList sources = new IntList(1 << 8);
    private final IntList targets = new IntList(1 << 8);

    void edge(int from, int to) {
        sources.add(from);
        targets.add(to);
    }

    /** Takes away what nothing leads to, again and again (Kahn 1962): nothing is left if there is no cycle. */
    boolean isAcyclic(int nodes) {
        int[] incoming = new int[nodes];
        int[] starts = new int[nodes + 2];
        for (int i = 0; i < sources.size(); i++) {
            incoming[targets.get(i)]++;
            starts[sources.get(i) + 2]++;
        }
        for (int i = 2; i < starts.length; i++) {
            starts[i] += starts[i - 1];
        }
        int[] sorted = new int[targets.size()];
        for (int i = 0; i < sources.size(); i++) {
            sorted[starts[sources.get(i) + 1]++] = targets.get(i);
        }
        IntList free = new IntList(nodes);
        for (int node = 0; node < nodes; node++) {
            if (incoming[node] == 0) {
                free.add(node);
            }
        }
        for (int at = 0; at < free.size(); at++) {
            int node = free.get(at);
            for (int e = starts[node]; e < starts[node + 1]; e++) {
                if (--incoming[sorted[e]] == 0) {
                    free.add(sorted[e]);
                }
            }
        }
        return free.size() == nodes;
    }
}
