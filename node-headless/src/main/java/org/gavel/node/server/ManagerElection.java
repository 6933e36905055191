package org.gavel.node.server;

import java.util.LinkedHashSet;
import java.util.Set;
import org.gavel.protocol.election.ElectionListener;
import org.gavel.protocol.election.ElectionStatus;
import org.gavel.protocol.election.LcrElection;
import org.gavel.protocol.host.Timers;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.link.Links;
import org.gavel.protocol.ring.RingView;
import org.gavel.protocol.wire.Message;

/**
 * How the ring chooses its INM: LCR around the members of the view (protocol.md section 6). It only nominates; the promises of section 7 make an INM. Until one
 * serves, the election begins anew.
 */
final class ManagerElection {
    /** After so many waits for an INM in vain everybody stands. */
    private static final int LEADERLESS_MAX = 2;

    private enum Timer { ELECT_AGAIN }

    private final NodeContext context;
    private final RingGroup ring;
    private final LcrElection lcr;
    private final Timers<Timer> timers;
    /** Waits for an INM in a row that brought none. */
    private int leaderless;

    ManagerElection(NodeContext context, RingGroup ring) {
        this.context = context;
        this.ring = ring;
        timers = new Timers<>(context.host(), timer -> again());
        lcr = new LcrElection(Links.RING_GROUP, context.self(), context.host(), ring.links(), new Elections(), RingGroup.electionSettings());
    }

    ElectionStatus status() {
        return lcr.status();
    }

    /** Starts one if this node may stand in it. */
    void start(String because) {
        installRing();
        if (candidates().contains(context.self().uid())) {
            begin(because);
        }
        tryAgainLater(); // also where others have to stand: they may never do it
    }

    /** The INM yields: it starts the election although, serving an auction too, it may not stand in it. */
    void handOver(String because) {
        installRing();
        begin(because);
    }

    private void begin(String because) {
        lcr.start(ring.group().highestEpoch() + 1, because);
    }

    private void again() {
        if (ring.leader() == null && !ring.isManager() && ring.view() != null) {
            leaderless++;
            ring.electAgain("there is still no INM");
        }
    }

    void tryAgainLater() {
        timers.set(Timer.ELECT_AGAIN, againMs());
    }

    void tryAgainUnlessDue() {
        timers.setIfIdle(Timer.ELECT_AGAIN, againMs());
    }

    private long againMs() {
        return 2_000 + Math.floorMod(context.host().random(), 1_000L);
    }

    /** An INM serves, perhaps another node. */
    void concluded(long epoch) {
        timers.cancelAll();
        lcr.concluded(epoch);
    }

    /** This node serves as INM. */
    void won(long epoch) {
        leaderless = 0;
        concluded(epoch);
    }

    void dead(Uid uid) {
        lcr.dead(uid);
    }

    void alive(Uid uid) {
        lcr.alive(uid);
    }

    void stop() {
        timers.cancelAll();
        lcr.stop();
    }

    void onMessage(PeerId from, Message message) {
        lcr.onMessage(from, message);
    }

    /**
     * The old INM and the idle nodes; if none of them lives, all members (protocol.md section 6). Nor if they do not stand: idle members that founded another
     * ring while they were cut off answer every probe, and no token of this one.
     */
    private Set<Uid> candidates() {
        Set<Uid> all = new LinkedHashSet<>();
        Set<Uid> idle = new LinkedHashSet<>();
        for (NodeRef node : ring.view().nodes()) {
            if (!ring.isDead(node.uid())) {
                all.add(node.uid());
                if (ring.state().auctionOf(node.uid()).isEmpty()) {
                    idle.add(node.uid());
                }
            }
        }
        return idle.isEmpty() || leaderless >= LEADERLESS_MAX ? all : idle;
    }

    /** Tokens go round in the installed view, past its dead. */
    void installRing() {
        RingView view = ring.view();
        lcr.installRing(view.id(), view.nodes(), candidates());
        view.uids().stream().filter(ring::isDead).forEach(lcr::dead);
    }

    private final class Elections implements ElectionListener {
        @Override
        public void onNominated(long epoch) {
            ring.group().takeOver(epoch);
        }

        @Override
        public void onElected(long epoch, Uid elected) {
            tryAgainLater();
        }

        @Override
        public long highestEpoch() {
            return ring.group().highestEpoch();
        }

        @Override
        public void onSkipped(NodeRef successor) {
            context.watchlist().doubt(successor);
        }

        @Override
        public void onNoResult(long epoch) {
            tryAgainUnlessDue();
        }
    }
}
