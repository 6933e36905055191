package org.gavel.node.server;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.gavel.node.replication.Configuration;
import org.gavel.protocol.election.ElectionListener;
import org.gavel.protocol.election.ElectionStatus;
import org.gavel.protocol.election.LcrElection;
import org.gavel.protocol.host.Timers;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.identity.ViewId;
import org.gavel.protocol.wire.Message;

/**
 * How one auction's nodes choose their active: LCR around the group's members (protocol.md section 6). The first is elected among all four, a later one among
 * the living acceptors. It only nominates; the promises of section 7 make an active. Until one serves, the election begins anew.
 */
final class AuctioneerElection {
    /** An election that brought no active is started again after this, plus jitter. */
    private static final long AGAIN_MS = 1_500;

    private enum Timer { AGAIN }

    private final NodeContext context;
    private final AuctionGroup auction;
    private final LcrElection lcr;
    private final Timers<Timer> timers;
    private final long createdMs;
    private ViewId view;
    /** It led until somebody fenced it, perhaps one that does not lead now either. */
    private boolean deposed;
    /** Held here, and committed by the word of another; null: none was. */
    private Configuration knownByToken;

    AuctioneerElection(NodeContext context, AuctionGroup auction) {
        this.context = context;
        this.auction = auction;
        createdMs = context.host().nowMs();
        timers = new Timers<>(context.host(), timer -> again());
        lcr = new LcrElection(auction.number(), context.self(), context.host(), context.links(), new Elections(), RingGroup.electionSettings());
        view = new ViewId(auction.number(), 0, 1);
    }

    /** Names the ring of members that tokens go round in. */
    ViewId view() {
        return view;
    }

    /** The group's own view is its configuration; of two the newer stands further down the log. Null is the one of before the first. */
    static ViewId view(long number, Configuration configuration) {
        return new ViewId(number, configuration == null ? 0 : configuration.epoch(), 1 + (configuration == null ? 0 : configuration.index()));
    }

    ElectionStatus status() {
        return lcr.status();
    }

    /** All of the four that accepted stand, the highest uid becomes active, the others follow. */
    void startFirst() {
        installRing();
        begin("the auction's first active");
    }

    /** Starts one if this node may stand in it. */
    void start(String because) {
        installRing();
        if (candidates().contains(context.self().uid())) {
            begin(because);
        }
    }

    private void begin(String because) {
        // Above every epoch heard of: a member that has promised more to itself, while nobody took it for an acceptor, would end each active at its first append.
        lcr.start(auction.group().highestEpoch() + 1, because);
        tryAgainLater();
    }

    private void again() {
        boolean due = auction.everServed() || context.host().nowMs() - createdMs > AGAIN_MS;
        if (auction.active() != null || auction.isActive() || !due) {
            return;
        }
        if (deposed) {
            installRing();
            begin("its active was deposed, and nobody leads");
        } else {
            start("there is still no active");
        }
    }

    /** This node leads no more, and its followers, who hear it, wait for nothing: it calls for candidates even if, no acceptor, it may not be one. */
    void deposed() {
        deposed = true;
        tryAgainUnlessDue();
    }

    void tryAgainLater() {
        timers.set(Timer.AGAIN, againMs());
    }

    void tryAgainUnlessDue() {
        timers.setIfIdle(Timer.AGAIN, againMs());
    }

    private long againMs() {
        return AGAIN_MS + Math.floorMod(context.host().random(), 500L);
    }

    /** An active serves. */
    void concluded(long epoch) {
        deposed = false;
        timers.cancelAll();
        lcr.concluded(epoch);
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
        if (message instanceof Message.Token && !auction.everServed() && !timers.isRunning(Timer.AGAIN)) {
            installRing();
        }
        if (message instanceof Message.Token) {
            catchUpWith(((Message.Token) message).view());
        }
        lcr.onMessage(from, message);
    }

    /**
     * A token names the configuration that its sender knows committed. If this node holds that very entry, it is committed; no leader is left that could tell it so,
     * and whoever knows it already would wait for those who do not.
     */
    private void catchUpWith(ViewId named) {
        Configuration latest = auction.group().latestConfiguration();
        if (auction.everServed() && latest != null && named.isNewerThan(view) && named.equals(view(auction.number(), latest))) {
            knownByToken = latest;
            installRing();
        }
    }

    /** The newest that is known committed. */
    private Configuration configuration() {
        Configuration committed = auction.group().committedConfiguration();
        boolean newer = knownByToken != null && (committed == null || knownByToken.index() > committed.index());
        return newer ? knownByToken : committed;
    }

    /** The living acceptors; before the first active: all four. */
    private Set<Uid> candidates() {
        Set<Uid> uids = new LinkedHashSet<>();
        Configuration configuration = configuration();
        for (NodeRef member : auction.livingMembers()) {
            if (!auction.everServed() || configuration != null && configuration.contains(member.uid())) {
                uids.add(member.uid());
            }
        }
        return uids;
    }

    /** A configuration was committed: who was put out by it must not win an election in the ring of before. */
    void onConfiguration() {
        if (auction.everServed()) {
            installRing();
        }
    }

    private void installRing() {
        Configuration configuration = configuration();
        view = view(auction.number(), configuration);
        lcr.installRing(view, configuration != null && configuration == knownByToken ? membersOf(configuration) : auction.members(), candidates());
        auction.roster().dead().forEach(node -> lcr.dead(node.uid()));
    }

    /** The ring that all others of its view have installed: this node has not adopted its members, as it did not know it committed. */
    private List<NodeRef> membersOf(Configuration configuration) {
        List<NodeRef> named = configuration.payload() == null ? List.of() : GroupMembers.parse(configuration.payload());
        return named.isEmpty() ? auction.members() : named;
    }

    private final class Elections implements ElectionListener {
        @Override
        public void onNominated(long epoch) {
            auction.group().takeOver(epoch);
        }

        @Override
        public void onElected(long epoch, Uid leader) {
            tryAgainLater();
        }

        @Override
        public long highestEpoch() {
            return auction.group().highestEpoch();
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
