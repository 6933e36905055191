package org.gavel.node.replication.worlds;

import java.util.ArrayList;
import java.util.List;

/** Arrangements of members round a ring. Rings that are turned into each other behave alike, so the first place is always uid 1's. */
final class Rings {
    private Rings() { }

    /** All (n - 1)! of them. */
    static List<int[]> of(int n) {
        List<int[]> found = new ArrayList<>();
        int[] ring = new int[n];
        ring[0] = 1;
        fill(ring, 1, found);
        return found;
    }

    private static void fill(int[] ring, int at, List<int[]> found) {
        if (at == ring.length) {
            found.add(ring.clone());
            return;
        }
        for (int uid = 2; uid <= ring.length; uid++) {
            boolean used = false;
            for (int i = 0; i < at; i++) {
                used |= ring[i] == uid;
            }
            if (!used) {
                ring[at] = uid;
                fill(ring, at + 1, found);
            }
        }
    }
}
