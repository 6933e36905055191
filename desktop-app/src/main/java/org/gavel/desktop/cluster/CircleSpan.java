package org.gavel.desktop.cluster;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Some places of a circle, and the shortest way round that meets them all. */
final class CircleSpan {
    private final int start;
    private final int length;

    /**
     * @param places at least one, each once
     * @param count  of all places
     */
    CircleSpan(Collection<Integer> places, int count) {
        List<Integer> sorted = new ArrayList<>(places);
        sorted.sort(Integer::compare);
        int widestGap = -1;
        int after = 0;
        for (int i = 0; i < sorted.size(); i++) {
            int gap = Math.floorMod(sorted.get((i + 1) % sorted.size()) - sorted.get(i), count);
            if (sorted.size() == 1) {
                gap = count;
            }
            if (gap > widestGap) {
                widestGap = gap;
                after = i;
            }
        }
        start = sorted.get((after + 1) % sorted.size());
        length = count - widestGap;
    }

    /** The first place, going clockwise. */
    int start() {
        return start;
    }

    /** Steps from the first place to the last. */
    int length() {
        return length;
    }
}
