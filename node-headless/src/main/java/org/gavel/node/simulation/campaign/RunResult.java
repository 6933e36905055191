package org.gavel.node.simulation.campaign;

import java.util.List;

/**
 * What became of one run.
 *
 * @param invariant    the broken one's name, or null
 * @param sentence     what was seen; null if nothing is wrong
 * @param simulatedMs  how far it came
 * @param recentEvents the last traces and faults before a failure, oldest first
 * @param states       where each node stood then
 * @param faults       numbers of the faults that were due
 * @param history      what clients asked and were told, as lines of a history
 */
public record RunResult(RunSpec spec, String invariant, String sentence, long simulatedMs, long traceHash, long steps, Coverage coverage,
                        List<String> recentEvents, List<String> states, List<Integer> faults, String history) {
    public boolean failed() {
        return invariant != null;
    }
}
