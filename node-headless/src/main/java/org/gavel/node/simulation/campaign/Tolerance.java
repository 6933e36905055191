package org.gavel.node.simulation.campaign;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.gavel.node.replication.Configuration;
import org.gavel.node.replication.ReplicatedGroup;
import org.gavel.node.simulation.SimulatedNode;
import org.gavel.node.simulation.World;
import org.gavel.protocol.wire.Acceptor;

/**
 * What a group survives: as long as a majority of its acceptors keep their copies, in every configuration that may count (protocol.md sections 7 to 9). Faults
 * that destroy more are not injected, as nothing is promised then; a group may still come to it by itself, when nodes that were put out of the ring drop theirs.
 */
final class Tolerance {
    private static final int LIVING_MIN = 5;

    private final World world;

    Tolerance(World world) {
        this.world = world;
    }

    /** True if every group still has its majority without this node. */
    boolean allowsEndOf(SimulatedNode victim) {
        List<SimulatedNode> left = new ArrayList<>(world.livingNodes());
        if (!left.remove(victim) || left.size() < LIVING_MIN) {
            return false;
        }
        ReplicatedGroup ring = victim.inside().ringGroup();
        long foundation = victim.inside().foundation();
        boolean ringLives = ring == null || survives(left, n -> n.inside().foundation() == foundation ? n.inside().ringGroup() : null);
        return ringLives && canStillTell(victim, left) && (victim.inside().auctionId() == null || isAuctionAlive(victim.inside().auctionId(), left));
    }

    /**
     * True if too few machines to found a ring that sells would then know nothing of the victim's, which has sold. Nodes keep their logs in memory: one that is started
     * again knows of no ring, and whoever was put out of its ring may found another one. If so many as {@code founders} of them meet while they reach nobody of that ring,
     * they sell again what it sold (protocol.md section 4 has no rule against that; seed 565 of ten minutes had 8 of 14 machines started anew beside a ring that
     * had shrunk to 6).
     *
     * @param machines all that there are, those included that are down and come back, and those that may still come: they know of no ring either
     */
    boolean allowsForgettingOf(SimulatedNode victim, int machines, int founders) {
        long foundation = victim.inside().foundation();
        if (!knows(victim, foundation) || !victim.inside().ringState().sold()) {
            return true;
        }
        long knowing = world.livingNodes().stream().filter(n -> n != victim && knows(n, foundation)).count();
        return machines - knowing < founders;
    }

    private static boolean knows(SimulatedNode node, long foundation) {
        return node.inside().isMember() && node.inside().foundation() == foundation;
    }

    /**
     * Whoever has gone over to another ring is missed by the one that it left until it says so: a ring whose majority ended unheard waits for the operator's word
     * (protocol.md section 8).
     */
    private boolean canStillTell(SimulatedNode victim, List<SimulatedNode> left) {
        return left.stream().filter(n -> n.inside().foundation() != victim.inside().foundation()).map(n -> n.inside().ringGroup()).filter(Objects::nonNull)
            .map(ReplicatedGroup::latestConfiguration).filter(Objects::nonNull).map(Configuration::acceptors)
            .filter(waitedFor -> waitedFor.stream().anyMatch(a -> a.node().sameStart(victim.self())))
            .allMatch(waitedFor -> mostAre(waitedFor, left));
    }

    /** True if a majority of the auction's acceptors is there. */
    boolean isAuctionAlive(String auctionId) {
        return isAuctionAlive(auctionId, world.livingNodes());
    }

    /** True if most of these very starts live. */
    boolean mostLive(List<Acceptor> acceptors) {
        return mostAre(acceptors, world.livingNodes());
    }

    private static boolean mostAre(List<Acceptor> acceptors, List<SimulatedNode> among) {
        return acceptors.stream().filter(a -> among.stream().anyMatch(n -> n.self().sameStart(a.node()))).count() > acceptors.size() / 2;
    }

    private boolean isAuctionAlive(String auctionId, List<SimulatedNode> left) {
        return survives(left, n -> auctionId.equals(n.inside().auctionId()) ? n.inside().auctionGroup() : null);
    }

    /**
     * What the victim alone knows to be committed ends with it: those left have to find it out from a majority of the newest configuration that they know themselves
     * (protocol.md section 7), so that one has to be whole as well as the newest of all. A newcomer may know more, but nobody asks it.
     */
    private boolean survives(List<SimulatedNode> left, Function<SimulatedNode, ReplicatedGroup> group) {
        List<SimulatedNode> asked = left.stream().filter(node -> {
            ReplicatedGroup copy = group.apply(node);
            return copy != null && copy.configurations().stream().anyMatch(c -> c.contains(node.uid(), copy.logId()));
        }).toList();
        return isAlive(world.livingNodes(), left, group) && isAlive(asked, left, group);
    }

    /** The newest configuration known committed, and those that may follow it, each with a majority of its own copies among those left. */
    private static boolean isAlive(List<SimulatedNode> knowing, List<SimulatedNode> left, Function<SimulatedNode, ReplicatedGroup> group) {
        Configuration newest = null;
        for (SimulatedNode node : knowing) {
            ReplicatedGroup known = group.apply(node);
            Configuration committed = known == null ? null : known.committedConfiguration();
            if (committed != null && (newest == null || committed.index() > newest.index())) {
                newest = committed;
            }
        }
        if (newest == null) {
            return true;
        }
        for (SimulatedNode node : knowing) {
            ReplicatedGroup known = group.apply(node);
            Configuration latest = known == null ? null : known.latestConfiguration();
            if (latest != null && latest.index() >= newest.index() && !hasMajority(latest, left, group)) {
                return false;
            }
        }
        return hasMajority(newest, left, group);
    }

    private static boolean hasMajority(Configuration configuration, List<SimulatedNode> left, Function<SimulatedNode, ReplicatedGroup> group) {
        int copies = 0;
        for (Acceptor acceptor : configuration.acceptors()) {
            for (SimulatedNode node : left) {
                ReplicatedGroup copy = node.uid().equals(acceptor.node().uid()) ? group.apply(node) : null;
                copies += copy != null && copy.logId() == acceptor.logId() ? 1 : 0;
            }
        }
        return copies >= configuration.acceptors().size() / 2 + 1;
    }
}
