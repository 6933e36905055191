package org.gavel.node.simulation.campaign;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.gavel.node.directory.AuctionStage;
import org.gavel.node.directory.DirectoryEntry;
import org.gavel.node.directory.RingState;
import org.gavel.node.simulation.Operation;
import org.gavel.node.simulation.SimulatedNode;
import org.gavel.node.simulation.World;
import org.gavel.node.simulation.check.Invariants;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.wire.Acceptor;

/**
 * The 'eventually' part of protocol.md section 13: what must hold at some moment within 30 s of the last fault. An auction that has lost a majority of its
 * copies (its nodes were put out of the ring while they could not be reached, and dropped them) is promised no more bids and excused, as is an assignment to nodes
 * most of which have ended; both are counted. But it has to be cancelled once none of its nodes is left of which nobody knows whether it has ended.
 */
final class Healing {
    private static final int FOLLOWERS = 3;

    private final World world;
    private final Invariants invariants;
    private final Tolerance tolerance;
    private final Customers customers;

    Healing(World world, Invariants invariants, Tolerance tolerance, Customers customers) {
        this.world = world;
        this.invariants = invariants;
        this.tolerance = tolerance;
        this.customers = customers;
    }

    boolean isHealed() {
        return world.isSettled() && problems().isEmpty();
    }

    /** Sentences; empty if all is well. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        SimulatedNode manager = world.manager();
        if (!world.isSettled() || manager == null) {
            problems.add("not one view with one INM");
            return problems;
        }
        RingState state = manager.inside().ringState();
        checkManager(manager, state, problems);
        for (DirectoryEntry auction : state.auctions()) {
            boolean open = !auction.stage().isOver() && !invariants.isOver(auction.auctionId());
            if (open && !isExcused(auction)) {
                checkAuction(auction, manager, state, problems);
            } else if (open && auction.stage() != AuctionStage.ASSIGNED && canAllSpeakFor(auction, manager)) {
                problems.add(auction.auctionId() + " has lost a majority of its copies, all its nodes live or are known to have ended, and it is not cancelled");
            }
        }
        checkDuties(state, problems);
        for (Operation operation : customers.unanswered()) {
            if (operation.kind() == Operation.Kind.START || !isExcused(operation.auctionId())) {
                problems.add("unanswered: " + operation);
            }
        }
        return problems;
    }

    /** Auctions that have lost a majority of their copies. */
    List<String> excused() {
        SimulatedNode manager = world.manager();
        return manager == null ? List.of() : manager.inside().ringState().auctions().stream().filter(a -> !a.stage().isOver()).filter(this::isExcused)
            .map(DirectoryEntry::auctionId).toList();
    }

    /** Too few copies are left, or too few nodes that could refuse to make them: some had ended when they were assigned, before anybody knew it. */
    private boolean isExcused(DirectoryEntry auction) {
        return isExcused(auction.auctionId()) || auction.stage() == AuctionStage.ASSIGNED && !tolerance.mostLive(auction.group().acceptors());
    }

    private boolean isExcused(String auctionId) {
        return !tolerance.isAuctionAlive(auctionId);
    }

    /** Nobody of whom the INM does not know whether it will ever come back with its copy. */
    private boolean canAllSpeakFor(DirectoryEntry auction, SimulatedNode manager) {
        Stream<NodeRef> holders = world.livingNodes().stream().filter(n -> auction.auctionId().equals(n.inside().auctionId()))
            .flatMap(n -> n.inside().auctionGroup().configurations().stream()).flatMap(c -> c.acceptors().stream()).map(Acceptor::node);
        return Stream.concat(auction.group().members().stream(), holders)
            .allMatch(m -> manager.inside().isKnownEnded(m) || world.livingNodes().stream().anyMatch(n -> n.self().sameStart(m)));
    }

    private void checkManager(SimulatedNode manager, RingState state, List<String> problems) {
        for (NodeRef node : state.view().nodes()) {
            if (state.auctionOf(node.uid()).isEmpty() && node.uid().compareTo(manager.uid()) > 0) {
                problems.add(node + " is idle with a higher uid than the INM " + manager);
            }
        }
    }

    private void checkAuction(DirectoryEntry auction, SimulatedNode manager, RingState state, List<String> problems) {
        String auctionId = auction.auctionId();
        SimulatedNode active = world.active(auctionId);
        if (active == null) {
            problems.add(auctionId + " (" + auction.stage() + ") has no active");
            return;
        }
        long followers = active.inside().livingAuctionMembers().stream().filter(m -> world.followers(auctionId).stream().anyMatch(f -> f.self().sameStart(m))).count();
        boolean anyIdle = state.idleNodes().stream().anyMatch(n -> !n.sameStart(manager.self()));
        if (followers < FOLLOWERS && anyIdle) {
            problems.add(auctionId + " has 1 + " + followers + ", though nodes are idle");
        }
    }

    private void checkDuties(RingState state, List<String> problems) {
        for (SimulatedNode node : world.livingNodes()) {
            String auctionId = node.inside().auctionId();
            DirectoryEntry auction = auctionId == null ? null : state.auction(auctionId).orElse(null);
            boolean lost = auction != null && !auction.stage().isOver() && isExcused(auctionId); // each copy that is left has to stay
            String problem = auctionId == null || lost ? null : complaint(auction, node);
            if (problem != null) {
                problems.add(node + " serves " + auctionId + problem);
            }
        }
    }

    /** Nobody is named any more for an auction that is over; its nodes go together, once all clients know. */
    private static String complaint(DirectoryEntry auction, SimulatedNode node) {
        if (auction == null) {
            return ", which the ring does not know";
        }
        boolean named = auction.stage().isOver() || auction.group().members().stream().anyMatch(m -> m.sameStart(node.self()));
        return auction.freed() ? ", which is over" : named ? null : ", which goes on without it";
    }
}
