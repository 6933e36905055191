package org.gavel.node.simulation.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.gavel.node.replication.ReplicatedGroup;
import org.gavel.node.server.NodeInspection;
import org.gavel.node.simulation.SimulatedNode;
import org.gavel.node.simulation.World;

/**
 * All that must always be true of a world (protocol.md section 13), checked after every step by looking at the nodes that ran in it: attach it before anything
 * happens. A violation is thrown out of the world's {@code step} or {@code run}.
 */
public final class Invariants {
    /** How far a node's copy of a group was compared. */
    private static final class Tail {
        private ReplicatedGroup group;
        private GroupKey key;
        private long checked;
        private long servingEpoch;
    }

    private static final class Watched {
        private final Tail ring = new Tail();
        private final Tail auction = new Tail();
    }

    private final World world;
    private final Map<SimulatedNode, Watched> watched = new IdentityHashMap<>();
    private final Map<GroupKey, CommittedLog> logs = new LinkedHashMap<>();
    private final Map<GroupKey, String> auctionIds = new HashMap<>();
    private final Map<String, AuctionRecord> auctions = new LinkedHashMap<>();
    private final Map<String, String> soldIn = new HashMap<>();
    private final Map<String, Integer> ringCommands = new TreeMap<>();
    private final LeaderCheck leaders = new LeaderCheck();
    private final LimitCheck limits;
    private final MulticastCheck multicasts;
    private final LapseCheck lapses = new LapseCheck();
    private final ElectionCost electionCost = new ElectionCost();
    private final List<Consumer<String>> onAuctionOver = new ArrayList<>();
    private Violation pending;

    public Invariants(World world) {
        this.world = world;
        limits = new LimitCheck(world);
        multicasts = new MulticastCheck(world::nowMs, this::complain);
        world.afterStepOfNode(this::look);
        world.network().afterStep(this::afterStep);
        world.observe(new ClientStreams(auctions::get, this::complain));
        world.traces(electionCost::traced);
    }

    /** Told the id of each auction whose end was committed, in the step of the commit. */
    public void onAuctionOver(Consumer<String> listener) {
        onAuctionOver.add(listener);
    }

    /** Whether anything disturbs the network or a node from now on: elections that fall into it cost more. */
    public void disturbed(boolean now) {
        electionCost.disturbed(now);
    }

    /** Commands that rings have accepted, by their word. */
    public Map<String, Integer> ringCommands() {
        return ringCommands;
    }

    /** Undisturbed elections whose messages were counted. */
    public int electionsMeasured() {
        return electionCost.measured();
    }

    /** Deliveries of verdicts that the members shared at the end, see {@link #judgeMulticasts}. */
    public long multicastsAgreed() {
        return multicasts.agreed();
    }

    /**
     * Whether members agree on the verdicts that were multicast: at the end of a run, when nothing has been disturbed for {@link MulticastCheck#UNDER_WAY_MS} at least.
     *
     * @throws Violation if one correct member delivered what another one did not
     */
    public void judgeMulticasts() {
        multicasts.judge();
        throwPending();
    }

    /** True once the auction's end was committed by its group. */
    public boolean isOver(String auctionId) {
        AuctionRecord auction = auctions.get(auctionId);
        return auction != null && auction.model().isOver();
    }

    /** Entries ever committed in the auction. */
    public long committed(String auctionId) {
        AuctionRecord auction = auctions.get(auctionId);
        return auction == null ? 0 : auction.log().lastIndex();
    }

    private void complain(Violation violation) {
        pending = pending == null ? violation : pending;
    }

    private void throwPending() {
        if (pending != null) {
            throw pending;
        }
    }

    private void afterStep() {
        throwPending();
        limits.look();
    }

    private void look(SimulatedNode node) {
        NodeInspection inside = node.inside();
        Watched known = watched.get(node);
        if (known == null) {
            known = new Watched(); // in the step of its start, when it is in no ring yet
            watched.put(node, known);
            multicasts.watch(node);
        }
        ReplicatedGroup ring = inside.ringGroup();
        if (ring != null) {
            compare(node, known.ring, ring, 0);
        }
        ReplicatedGroup auction = inside.auctionGroup();
        if (auction != null) {
            compare(node, known.auction, auction, inside.auctionNumber());
        } else {
            compareLast(node, known.auction);
            known.auction.group = null;
        }
    }

    /** What a node learnt to be committed in the very step in which it left the group, and may have told its clients. */
    private void compareLast(SimulatedNode node, Tail tail) {
        if (tail.group != null && tail.group.committedIndex() > tail.checked) {
            log(tail.key).compare(node.toString(), tail.group, tail.checked);
        }
    }

    private void compare(SimulatedNode node, Tail tail, ReplicatedGroup group, long auctionNumber) {
        if (tail.group != group) {
            compareLast(node, tail);
            tail.group = group;
            tail.checked = 0;
            tail.servingEpoch = 0;
            tail.key = auctionNumber == 0 ? GroupKey.ring(node.inside().foundation()) : new GroupKey(node.inside().auctionFoundation(), auctionNumber);
            if (auctionNumber != 0) {
                name(tail.key, node.inside().auctionId());
            }
        }
        if (group.committedIndex() > tail.checked) {
            log(tail.key).compare(node.toString(), group, tail.checked);
            tail.checked = group.committedIndex();
        }
        if (group.isServing() && group.epoch() != tail.servingEpoch) {
            tail.servingEpoch = group.epoch();
            if (leaders.serves(tail.key, group.epoch(), node)) {
                log(tail.key).compareNewLeader(node.toString(), group, group.epoch());
            }
        }
    }

    private void name(GroupKey key, String auctionId) {
        String before = auctionIds.putIfAbsent(key, auctionId);
        AuctionRecord other = auctions.get(auctionId);
        if (before != null && !before.equals(auctionId) || other != null && !other.key().equals(key)) {
            throw new Violation(InvariantNames.SOLD_ONCE, "auction " + auctionId + " is served by " + key + " of foundation " + Long.toHexString(key.foundation())
                + ", and " + (before == null || before.equals(auctionId) ? "it has another group" : before + " is too"));
        }
    }

    private CommittedLog log(GroupKey key) {
        CommittedLog log = logs.get(key);
        if (log == null) {
            if (key.isRing()) {
                log = new CommittedLog(key, new CatalogueModel(key, soldIn, ringCommands, lapses)::apply);
            } else {
                AuctionModel model = new AuctionModel(key);
                String auctionId = auctionIds.get(key);
                log = new CommittedLog(key, entry -> apply(key, auctionId, model, entry));
                auctions.put(auctionId, new AuctionRecord(auctionId, key, log, model));
            }
            logs.put(key, log);
        }
        return log;
    }

    private void apply(GroupKey key, String auctionId, AuctionModel model, Committed entry) {
        boolean was = model.isOver();
        boolean wasOpened = model.isOpened();
        model.apply(entry);
        if (!wasOpened && model.isOpened()) {
            lapses.opened(key.foundation(), auctionId);
        }
        if (!was && model.isOver()) {
            onAuctionOver.forEach(listener -> listener.accept(auctionId));
        }
    }
}
