package org.gavel.desktop.replay;

import java.io.File;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.gavel.desktop.model.Health;
import org.gavel.desktop.model.NodeView;
import org.gavel.desktop.screen.Tick;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.monitor.NodeStatus;
import org.gavel.protocol.monitor.TraceEvent;

/** Keeps what the window has heard, the newest up to a bound, so that it can be exported and replayed. Used on the FX thread. */
public final class Recorder {
    /** About 40 MB when every second one is a status. */
    public static final int MOMENTS_MAX = 40_000;

    private final Deque<Moment> moments = new ArrayDeque<>();
    private final Map<Uid, NodeStatus> newest = new HashMap<>();
    private final Set<Uid> lost = new HashSet<>();

    public void clear() {
        moments.clear();
        newest.clear();
        lost.clear();
    }

    /** Takes in what a tick brings that is new. */
    public void record(Tick tick) {
        long now = tick.view().nowMs();
        for (NodeView node : tick.view().nodes()) {
            if (newest.put(node.uid(), node.status()) != node.status()) {
                lost.remove(node.uid());
                add(Moment.of(now, node.status()));
            }
            if (node.health() == Health.DEAD && lost.add(node.uid())) {
                add(Moment.lost(now, node.uid().toString(), node.why()));
            }
        }
        for (TraceEvent event : tick.events()) {
            add(Moment.of(now, event));
        }
    }

    private void add(Moment moment) {
        if (moments.size() >= MOMENTS_MAX) {
            moments.poll();
        }
        moments.add(moment);
    }

    /** @return how many moments are kept */
    public int size() {
        return moments.size();
    }

    /**
     * Writes the recording as JSON lines.
     *
     * @throws IOException if the file cannot be written
     */
    public void write(File file, String cluster) throws IOException {
        TraceFile.write(file.toPath(), cluster, new ArrayList<>(moments));
    }
}
