package org.gavel.node.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.gavel.node.catalogue.ItemCatalogue;
import org.gavel.node.replication.ReplicatedGroup;
import org.gavel.protocol.client.AuctionClient;
import org.gavel.protocol.client.AuctionEvent;
import org.gavel.protocol.client.AuctionListener;
import org.gavel.protocol.client.BidResult;
import org.gavel.protocol.client.ClientSettings;
import org.gavel.protocol.client.StartRequest;
import org.gavel.protocol.client.StartResult;
import org.gavel.protocol.host.simulation.SimulatedHost;
import org.gavel.protocol.host.simulation.SimulatedNetwork;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.link.LinkLayer;

/** A whole cluster of production nodes and clients on the simulated network, driven by a test. */
final class SimulatedCluster {
    static final String NAME = "lab";
    private static final String[] NAMES = {"amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "haven", "iris", "jade", "kelp", "larch"};

    /** One node and the machine it runs on. */
    static final class Running {
        final SimulatedHost host;
        final ServerNode node;
        final List<String> refusals = new ArrayList<>();

        Running(SimulatedHost host, NodeSettings settings) {
            this.host = host;
            node = new ServerNode(settings, host, ItemCatalogue.samples().items(), new NodeControl() {
                @Override
                public void kill() {
                    host.crash();
                }

                @Override
                public void pause(long ms) {
                    host.pause(ms);
                }

                @Override
                public void isolate(long ms) {
                    host.isolate(ms);
                }

                @Override
                public void watched(boolean byAnyone) {
                    // The simulated network always traces.
                }

                @Override
                public void refused(String sentence) {
                    refusals.add(sentence);
                }
            });
            host.start(node.receiver());
            host.execute(node::start);
        }

        Uid uid() {
            return node.self().uid();
        }

        boolean isMember() {
            return host.isAlive() && node.membership().phase() == Membership.Phase.MEMBER;
        }
    }

    /** A client that keeps every event of every auction it follows. */
    static final class Bidder {
        final SimulatedHost host;
        final AuctionClient client;
        final Map<String, List<AuctionEvent>> events = new LinkedHashMap<>();
        final List<String> notices = new ArrayList<>();

        Bidder(SimulatedHost host, Uid uid, String name) {
            this.host = host;
            client = new AuctionClient(host, ClientSettings.defaults(NAME, uid, name).withTimeoutMs(0),
                (self, listener) -> {
                    LinkLayer links = new LinkLayer(host, self, NAME, listener);
                    host.start(links);
                    return links;
                });
        }

        AuctionListener listener(String auctionId) {
            List<AuctionEvent> seen = events.computeIfAbsent(auctionId, id -> new ArrayList<>());
            return new AuctionListener() {
                @Override
                public void onEvent(AuctionEvent event) {
                    seen.add(event);
                }

                @Override
                public void onNotice(String code, String sentence) {
                    notices.add(code + ": " + sentence);
                }
            };
        }
    }

    final SimulatedNetwork net;
    private String machine;
    private int minFollowers = NodeSettings.MIN_FOLLOWERS;
    private boolean crashHints = true;
    final List<Running> nodes = new ArrayList<>();

    SimulatedCluster(long seed) {
        net = new SimulatedNetwork(seed);
        net.keepTraces(120);
    }

    /** All nodes from now on are processes of one machine, and see each other's end. */
    SimulatedCluster onOneMachine() {
        machine = "lab-1";
        return this;
    }

    /** What {@code --min-followers} says for all nodes from now on. */
    SimulatedCluster minFollowers(int followers) {
        minFollowers = followers;
        return this;
    }

    /** All nodes from now on are started with {@code --no-crash-hints}. */
    SimulatedCluster withoutCrashHints() {
        crashHints = false;
        return this;
    }

    /** Starts nodes with uids 0x1000.., 0x2000.. and so on. */
    SimulatedCluster start(int count) {
        for (int i = 0; i < count; i++) {
            startNode(count > 15 ? 0x0100L * (nodes.size() + 1) << 48 : 0x1000L * (nodes.size() + 1) << 48);
        }
        return this;
    }

    Running startNode(long uid) {
        String name = NAMES[nodes.size() % NAMES.length] + (nodes.size() < NAMES.length ? "" : "-" + nodes.size() / NAMES.length);
        SimulatedHost host = machine == null ? net.newHost(name) : net.newHost(name, machine);
        Running running = new Running(host, settings(host, uid, name));
        nodes.add(running);
        return running;
    }

    /** The node's process starts again on its machine, with its uid and without its memory. */
    Running restart(Running ended) {
        return restart(ended, false);
    }

    /** The same with what its store had completed. */
    Running restartWithDisk(Running ended) {
        return restart(ended, true);
    }

    private Running restart(Running ended, boolean withDisk) {
        SimulatedHost host = net.restart(ended.host, false, withDisk);
        Running running = new Running(host, settings(host, ended.uid().value(), ended.node.self().name()));
        nodes.set(nodes.indexOf(ended), running);
        return running;
    }

    private NodeSettings settings(SimulatedHost host, long uid, String name) {
        return new NodeSettings(NAME, new Uid(uid), host.wallClockMs(), name, host.process(), NodeSettings.HEARTBEAT_MS, minFollowers,
            NodeSettings.FOUNDERS, 0, true, crashHints);
    }

    Bidder bidder(String name) {
        SimulatedHost host = net.newHost(name);
        return new Bidder(host, new Uid(0xB1DD_0000_0000_0000L + name.hashCode()), name);
    }

    // ---------------------------------------------------------------- looking

    List<Running> alive() {
        return nodes.stream().filter(n -> n.host.isAlive()).toList();
    }

    /** All living nodes are members of one view with one INM. */
    boolean isSettled() {
        List<Running> alive = alive();
        return alive.stream().allMatch(Running::isMember)
            && alive.stream().map(n -> n.node.ring().state().view().id()).distinct().count() == 1
            && alive.get(0).node.ring().state().view().members().size() == alive.size()
            && alive.stream().allMatch(n -> n.node.ring().leader() != null)
            && alive.stream().map(n -> n.node.ring().leader().uid()).distinct().count() == 1;
    }

    void settle() {
        await("all living nodes in one view with one INM", this::isSettled, 40_000);
    }

    Running inm() {
        return alive().stream().filter(n -> n.node.isManager() && !n.node.ring().isPaused()).findFirst().orElse(null);
    }

    Running active(String auctionId) {
        return alive().stream().filter(n -> n.node.auctions().byAuctionId(auctionId) != null && n.node.auctions().byAuctionId(auctionId).isActive())
            .findFirst().orElse(null);
    }

    List<Running> followers(String auctionId) {
        return alive().stream().filter(n -> n.node.auctions().byAuctionId(auctionId) != null && !n.node.auctions().byAuctionId(auctionId).isActive()).toList();
    }

    AuctionGroup group(Running node, String auctionId) {
        return node.node.auctions().byAuctionId(auctionId);
    }

    /** Nodes whose very log counts as an acceptor for the present active and holds all that it holds. */
    List<Running> copies(String auctionId) {
        Running active = active(auctionId);
        if (active == null) {
            return List.of();
        }
        ReplicatedGroup leading = group(active, auctionId).group();
        return alive().stream().filter(n -> group(n, auctionId) != null
            && leading.committedConfiguration().contains(n.uid(), group(n, auctionId).group().logId())
            && group(n, auctionId).group().lastIndex() == leading.lastIndex()).toList();
    }

    /** 1 + 3, with a whole copy at each of the three acceptors. */
    boolean isWhole(String auctionId) {
        return active(auctionId) != null && followers(auctionId).size() == 3 && copies(auctionId).size() == 3;
    }

    List<Running> idle() {
        return alive().stream().filter(n -> !n.node.isManager() && n.node.auctions().current() == null).toList();
    }

    // ---------------------------------------------------------------- driving

    void run(long ms) {
        net.run(ms);
    }

    void await(String what, BooleanSupplier condition, long maxMs) {
        if (!net.runUntil(condition, maxMs)) {
            throw new AssertionError("not within " + maxMs + " ms of simulated time: " + what + "\n" + this + "\n" + net.describe());
        }
    }

    <T> T await(String what, CompletableFuture<T> future, long maxMs) {
        await(what, future::isDone, maxMs);
        return future.join();
    }

    StartResult startAuction(Bidder seller, String itemId, long durationMs) {
        return await("the start of " + itemId, seller.client.start(StartRequest.of(itemId, durationMs)), 30_000);
    }

    void join(Bidder bidder, String auctionId) {
        await(auctionId + " joined", bidder.client.join(auctionId, bidder.listener(auctionId)), 30_000);
    }

    /** The least that the next bid must be. */
    long minimumCents(String auctionId) {
        return group(active(auctionId), auctionId).machine().state().standing().minimumCents();
    }

    BidResult bid(Bidder bidder, String auctionId, long cents) {
        return await("the answer to a bid of " + cents, bidder.client.bid(auctionId, cents, ""), 60_000);
    }

    private static List<NodeRef> acceptors(AuctionGroup group) {
        return group.group().latestConfiguration() == null ? List.of() : group.group().latestConfiguration().acceptors().stream().map(a -> a.node()).toList();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Running n : nodes) {
            NodeRef leader = n.node.ring() == null ? null : n.node.ring().leader();
            AuctionGroup group = n.node.auctions().current();
            text.append(n.node.self()).append(n.host.isAlive() ? "" : " DEAD").append(' ').append(n.node.membership().phase())
                .append(" view ").append(n.node.ring() == null || n.node.ring().state().view() == null ? "-" : n.node.ring().state().view().id())
                .append(" inm ").append(leader).append(n.node.isManager() ? " (self)" : "")
                .append(group == null ? "" : " " + group.auctionId() + " active " + group.active() + " members " + group.members() + " living " + group.livingMembers()
                    + " " + group.group().status().role() + " epoch " + group.group().epoch() + " committed " + group.group().committedIndex()
                    + " of " + group.group().lastIndex() + " acceptors " + acceptors(group))
                .append(" watches ").append(n.node.context().watchlist().nodes()).append('\n');
        }
        return text.toString();
    }
}
