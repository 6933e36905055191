package org.gavel.node.lab;

import java.util.List;

/**
 * What a round has shown.
 *
 * @param takeOverMs from a fault until the successor did its work: an accepted bid, the new INM's first word
 * @param healMs     from the end of a fault, or from a kill, until all was whole again and both clients were answered
 * @param notes      what was done to whom
 * @param complaints what was not as promised; empty: it held
 */
record RoundResult(String scenario, int number, List<Long> takeOverMs, List<Long> healMs, long sent, long accepted, long rejected, List<String> notes,
                   List<String> complaints) {
    RoundResult {
        takeOverMs = List.copyOf(takeOverMs);
        healMs = List.copyOf(healMs);
        notes = List.copyOf(notes);
        complaints = List.copyOf(complaints);
    }

    boolean held() {
        return complaints.isEmpty();
    }
}
