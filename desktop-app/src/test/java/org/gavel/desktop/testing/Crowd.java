package org.gavel.desktop.testing;

import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.monitor.TraceEvent;

/** A large ring that never rests: heartbeats of all its nodes, spread over their period, and the events of an election without end. */
public final class Crowd {
    private static final long BEAT_MS = 2_000;

    private final FakeFeed feed;
    private final int nodes;
    private final double eventsPerMs;
    private double dueEvents;
    private double dueBeats;
    private long beats;
    private long events;
    private int mute = -1;

    public Crowd(FakeFeed feed, int nodes, int eventsPerS) {
        this.feed = feed;
        this.nodes = nodes;
        eventsPerMs = eventsPerS / 1_000.0;
    }

    /** The measurement speaks for this node itself. */
    public void mute(int node) {
        mute = node;
    }

    /** So much time goes by. */
    public void pass(long ms) {
        feed.pass(ms);
        dueBeats += (double) nodes * ms / BEAT_MS;
        for (; dueBeats >= 1; dueBeats--) {
            int node = (int) (beats++ % nodes);
            if (node != mute) {
                feed.say(Statuses.member(node, nodes));
            }
        }
        dueEvents += eventsPerMs * ms;
        for (; dueEvents >= 1; dueEvents--) {
            feed.happen(event());
        }
    }

    /** So far. */
    public long events() {
        return events;
    }

    private TraceEvent event() {
        long number = ++events;
        Uid from = Statuses.uid((int) (number % nodes));
        Uid to = Statuses.uid((int) ((number + 1) % nodes));
        return new TraceEvent(feed.nowMs(), from, "election", "token-sent", 1, Statuses.uid(0), "sent f000 to " + to.shortForm(), to, number);
    }
}
