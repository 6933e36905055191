package org.gavel.protocol.monitor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gavel.protocol.client.AuctionClient;
import org.gavel.protocol.host.Host;
import org.gavel.protocol.identity.Address;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.identity.ProcessIdentity;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.link.LinkListener;
import org.gavel.protocol.link.Links;
import org.gavel.protocol.wire.MalformedException;
import org.gavel.protocol.wire.Message;

/**
 * Watches a whole cluster from outside (protocol.md section 11): finds its nodes by {@code Lookup}, {@code Announce} and {@code Hello},
 * subscribes to each and renews while it is heard. Single-threaded on its host. A host that hears broadcasts finds nodes even before they
 * are members of a ring.
 */
public final class ClusterWatcher {
    /** Nodes watched at once: a cluster has up to 100, and some may restart meanwhile. */
    public static final int NODES_MAX = 256;
    /** A subscription lasts so long without renewal. */
    public static final long LEASE_MS = 10_000;
    public static final long RENEW_MS = 3_000;
    /** Pause between two lookups while nodes are being found, and after. */
    public static final long SEARCH_MS = 250;
    public static final long REFRESH_MS = 1_000;
    /** A lost node is not taken in again for so long on the mere word of others, who may not have noticed yet. */
    private static final long LOST_MS = 4_000;

    private static final class Watched {
        private NodeRef node;
        private long heardMs;
        private long subscribedMs;

        private Watched(NodeRef node, long nowMs) {
            this.node = node;
            heardMs = nowMs;
            subscribedMs = nowMs;
        }
    }

    private final Host host;
    private final Links links;
    private final PeerId self;
    private final WatchListener listener;
    private final boolean traces;
    private final Map<PeerId, Watched> nodes = new LinkedHashMap<>();
    private final Map<PeerId, Long> lostMs = new LinkedHashMap<>();
    private Host.Cancellable next;
    /** Numbers lookups one by one: an answer names a few members only, and with the next number the next few. */
    private long lookups;
    /** Who answered last: the INM, or who stands in for it. */
    private NodeRef answerer;
    /** The last answers named a node that was not known: others may follow, they are asked for at once. */
    private boolean fresh;
    private boolean closed;
    private long unreadable;

    /** @param traces events too, not only statuses */
    public ClusterWatcher(Host host, AuctionClient.LinksFactory factory, WatchListener listener, boolean traces) {
        NodeRef here = new NodeRef(new Uid(host.random() | 1), host.wallClockMs(), host.address(), "watcher", ProcessIdentity.UNKNOWN);
        this.host = host;
        this.self = here.peer();
        this.listener = listener;
        this.traces = traces;
        this.links = factory.create(here, new Incoming());
        this.lookups = host.random();
    }

    /** Starts to look for nodes, and goes on for ever. */
    public void start() {
        beat();
    }

    /** Ends all subscriptions. */
    public void close() {
        closed = true;
        if (next != null) {
            next.cancel();
        }
        for (Watched watched : nodes.values()) {
            links.send(watched.node, Links.NODE_GROUP, new Message.Subscribe(0, false));
            links.unwatch(watched.node);
        }
        nodes.clear();
    }

    /** The nodes that are heard at present. */
    public List<NodeRef> nodes() {
        return nodes.values().stream().map(w -> w.node).toList();
    }

    /** Statuses and batches of events that could not be read. */
    public long unreadable() {
        return unreadable;
    }

    private void beat() {
        // The same number until somebody is found: a seed passes on only what it hears again.
        Message lookup = new Message.Lookup(nodes.isEmpty() ? lookups : ++lookups, null);
        links.broadcast(Links.NODE_GROUP, lookup);
        if (answerer != null && nodes.containsKey(answerer.peer())) {
            links.sendUnreliable(answerer, Links.NODE_GROUP, lookup); // the broadcast may reach seeds only, who answer nothing
        }
        long now = host.nowMs();
        for (Watched watched : new ArrayList<>(nodes.values())) {
            if (now - watched.heardMs > LEASE_MS) {
                lose(watched.node.peer(), "not heard for " + LEASE_MS / 1_000 + " s");
            } else if (now - watched.subscribedMs >= RENEW_MS) {
                subscribe(watched);
            }
        }
        lostMs.values().removeIf(at -> now - at > LOST_MS);
        next = host.schedule(nodes.isEmpty() || fresh ? SEARCH_MS : REFRESH_MS, this::beat);
        fresh = false;
    }

    private void subscribe(Watched watched) {
        watched.subscribedMs = host.nowMs();
        links.send(watched.node, Links.NODE_GROUP, new Message.Subscribe(LEASE_MS, traces));
    }

    private void found(NodeRef node) {
        PeerId peer = node.peer();
        Watched known = nodes.get(peer);
        if (known != null) {
            known.node = node;
        } else if (!closed && !lostMs.containsKey(peer) && nodes.size() < NODES_MAX) {
            Watched watched = new Watched(node, host.nowMs());
            nodes.put(peer, watched);
            fresh = true;
            links.watch(node);
            subscribe(watched);
        }
    }

    private void lose(PeerId peer, String why) {
        Watched watched = nodes.remove(peer);
        if (watched != null) {
            lostMs.put(peer, host.nowMs());
            links.unwatch(watched.node);
            links.close(watched.node);
            listener.onLost(watched.node, why);
        }
    }

    private void onLookupReply(Message.LookupReply reply) {
        answerer = reply.answerer();
        reply.servers().forEach(this::found);
        found(reply.answerer());
    }

    /** What a node of another version says may not be readable here; then it is counted, and nothing else is lost. */
    private void read(PeerId from, Message message) {
        Watched watched = nodes.get(from);
        if (watched == null) {
            return;
        }
        try {
            if (message instanceof Message.Status status) {
                listener.onStatus(watched.node, MonitorJson.readStatus(status.status()));
            } else if (message instanceof Message.Traces traced) {
                listener.onTraces(watched.node, MonitorJson.readEvents(traced.events()), traced.dropped());
            }
        } catch (MalformedException e) {
            unreadable++;
            if (host.tracing()) {
                host.trace(new TraceEvent(host.wallClockMs(), self.uid(), "monitor", "unreadable", Links.NODE_GROUP, from.uid(), e.getMessage()));
            }
        }
    }

    private final class Incoming implements LinkListener {
        @Override
        public void onMessage(PeerId from, Address address, long group, Message message) {
            Watched watched = nodes.get(from);
            if (watched != null) {
                watched.heardMs = host.nowMs();
            }
            switch (message.type()) {
                case LOOKUP_REPLY -> onLookupReply((Message.LookupReply) message);
                case ANNOUNCE -> found(((Message.Announce) message).inm());
                case HELLO -> found(((Message.Hello) message).node());
                case STATUS, TRACES -> read(from, message);
                case GOODBYE -> lose(((Message.Goodbye) message).leaver(), "said goodbye");
                case PROBE -> answerProbe(from, address, group, (Message.Probe) message);
                default -> { }
            }
        }

        private void answerProbe(PeerId from, Address address, long group, Message.Probe probe) {
            if (self.equals(probe.target())) {
                links.sendUnreliable(address, from, group, new Message.ProbeReply(probe.nonce(), probe.target()));
            }
        }

        @Override
        public void onUnacknowledged(PeerId peer) {
            lose(peer, "does not acknowledge");
        }

        @Override
        public void onCrashHint(PeerId peer) {
            lose(peer, "its port is gone");
        }

        @Override
        public void onUndelivered(NodeRef peer, long group, Message message) {
            // A subscription is renewed anyway.
        }

        @Override
        public void onRoom(NodeRef peer) {
            // At most a few renewals are ever under way.
        }
    }
}
