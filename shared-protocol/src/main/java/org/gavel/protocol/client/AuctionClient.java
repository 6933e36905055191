package org.gavel.protocol.client;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.gavel.protocol.auction.AuctionCommand;
import org.gavel.protocol.host.Host;
import org.gavel.protocol.identity.Address;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.identity.ProcessIdentity;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.link.LinkListener;
import org.gavel.protocol.link.Links;
import org.gavel.protocol.wire.Message;

/**
 * The one client of the auction house, used by terminal, window, benchmark and tests. Every call returns a future; any number may be
 * under way (1,024 a session). Single-threaded: call it on the host's thread only, where its futures complete too
 * ({@code org.gavel.node.client.GavelClient} is the same for programs with threads of their own).
 * <p>Failures are {@link ClientException}s: no cluster heard, refused, no answer in time.
 */
public final class AuctionClient {
    /** Auctions that one client may follow, the ended ones that it remembers included. */
    public static final int SESSIONS_MAX = 1_024;

    /** Makes the link layer below this client. */
    public interface LinksFactory {
        Links create(NodeRef self, LinkListener listener);
    }

    private static final Gson GSON = new Gson();

    private final PeerId self;
    private final ClientContext context;
    private final ServerCalls calls;
    private final FaultCalls faults;
    private final Map<String, AuctionSession> sessions = new LinkedHashMap<>();
    private final Map<Long, AuctionSession> sessionsByGroup = new LinkedHashMap<>();
    private boolean closed;

    /** Every client process has a link identity of its own, so that two terminals of one bidder do not cut each other's links. */
    public AuctionClient(Host host, ClientSettings settings, LinksFactory factory) {
        NodeRef here = new NodeRef(new Uid(host.random() | 1), host.wallClockMs(), host.address(), settings.name(), ProcessIdentity.UNKNOWN);
        self = here.peer();
        Links links = factory.create(here, new Dispatcher());
        context = new ClientContext(host, links, settings);
        calls = new ServerCalls(host, links, settings);
        faults = new FaultCalls(host, links, settings);
    }

    public ClientSettings settings() {
        return context.settings();
    }

    /** Every available item and every running auction. */
    public CompletableFuture<AuctionList> list() {
        return calls.call("list", "{}").thenApply(body -> read(body, AuctionList.class));
    }

    /** The ring in order, every node's role, every auction. */
    public CompletableFuture<ClusterStatus> status() {
        return calls.call("status", "{}").thenApply(body -> read(body, ClusterStatus.class));
    }

    /** Starts an auction; idempotent by its request id, which every repetition carries: an item is never started twice by one call. */
    public CompletableFuture<StartResult> start(StartRequest request) {
        StartRequest named = request.sellerName() == null ? request.withSellerName(context.settings().name()) : request;
        return calls.call("start", GSON.toJson(named)).thenApply(body -> read(body, StartResult.class));
    }

    /**
     * Takes part: {@code listener} hears the total order from now on until the close, through crashes of its servers. The future
     * completes once the join has its place in the order.
     */
    public CompletableFuture<JoinResult> join(String auctionId, AuctionListener listener) {
        return withSession(auctionId, session -> session.join(listener));
    }

    /** Hears an auction's total order without taking part, from how it stands now on; beside other listeners of this client, from the next event on. */
    public void watch(String auctionId, AuctionListener listener) {
        CompletableFuture<Void> opened = withSession(auctionId, session -> {
            session.watch(listener);
            return CompletableFuture.completedFuture(null);
        });
        opened.whenComplete((nothing, failure) -> {
            if (failure instanceof ClientException refusal) {
                listener.onEnd(refusal);
            }
        });
    }

    /**
     * Bids; joins first if this client has not. Answered exactly once, with the bid's place in the order, whatever servers die meanwhile.
     *
     * @param amountCents what the bidder offers
     * @param note        short text kept with the bid, or null
     */
    public CompletableFuture<BidResult> bid(String auctionId, long amountCents, String note) {
        if (note != null && note.length() > AuctionCommand.NOTE_CHARS_MAX) {
            return CompletableFuture.failedFuture(new RefusedException("a note has at most " + AuctionCommand.NOTE_CHARS_MAX + " characters"));
        }
        return withSession(auctionId, session -> session.bid(Commands.bid(amountCents, note)));
    }

    /** Leaves: ends all sessions of this bidder in that auction. */
    public CompletableFuture<LeaveResult> leave(String auctionId) {
        return withSession(auctionId, AuctionSession::leave);
    }

    /**
     * Kill, pause or isolate a node.
     *
     * @param node  its name, a prefix of its uid's hex digits, or its address
     * @param fault kill, pause or isolate
     * @param forMs how long; 0 for kill
     * @return which node obeyed
     */
    public CompletableFuture<NodeInfo> fault(String node, String fault, long forMs) {
        return status().thenCompose(status -> faults.send(status.resolve(node), fault, forMs));
    }

    /** The operator's word that a node has ended for good (protocol.md sections 5 and 8); what it may lose was asked before. */
    public CompletableFuture<NodeInfo> forget(String node) {
        return status().thenCompose(status -> forget(status.resolve(node)));
    }

    /** The same for a node already resolved. */
    public CompletableFuture<NodeInfo> forget(NodeInfo node) {
        return calls.call("forget", GSON.toJson(new ForgetRequest(node.uid()))).thenApply(body -> node);
    }

    /** The operator's word that no auction of this item is alive: it may be sold again. */
    public CompletableFuture<Void> release(String itemId) {
        return calls.call("release", GSON.toJson(new ReleaseRequest(itemId))).thenApply(body -> null);
    }

    /** Ends all sessions without a word to the auctions; whatever is under way fails. */
    public void close() {
        closed = true;
        calls.close();
        faults.close();
        eachSession(AuctionSession::close);
    }

    private <T> CompletableFuture<T> withSession(String auctionId, Function<AuctionSession, CompletableFuture<T>> call) {
        if (closed) {
            return CompletableFuture.failedFuture(new RefusedException("this client is closed"));
        }
        AuctionSession session = sessions.get(auctionId);
        if (session == null || session.isReplaceable()) {
            if (session == null && sessions.size() >= SESSIONS_MAX && !forgetAnEndedSession()) {
                return CompletableFuture.failedFuture(new RefusedException("this client already follows " + SESSIONS_MAX + " auctions"));
            }
            session = new AuctionSession(context, calls, auctionId, this::onGroup);
            sessions.put(auctionId, session);
        }
        return call.apply(session);
    }

    /** Over a copy: what a session tells may open another one. */
    private void eachSession(Consumer<AuctionSession> action) {
        new ArrayList<>(sessions.values()).forEach(action);
    }

    private boolean forgetAnEndedSession() {
        for (AuctionSession session : sessions.values()) {
            if (session.isEnded()) {
                sessions.remove(session.auctionId());
                sessionsByGroup.values().remove(session);
                return true;
            }
        }
        return false;
    }

    private void onGroup(AuctionSession session, long group) {
        sessionsByGroup.values().remove(session);
        sessionsByGroup.put(group, session);
    }

    private static <T> T read(String body, Class<T> type) {
        try {
            T value = GSON.fromJson(body, type);
            if (value != null) {
                return value;
            }
        } catch (JsonParseException e) {
            throw new NoAnswerException("the manager's answer cannot be read: " + e.getMessage());
        }
        throw new NoAnswerException("the manager's answer is empty");
    }

    /** From the link layer to whom it concerns; decides nothing else. */
    private final class Dispatcher implements LinkListener {
        @Override
        public void onMessage(PeerId from, Address address, long group, Message message) {
            calls.onHeard();
            switch (message.type()) {
                case LOOKUP_REPLY -> onLookupReply((Message.LookupReply) message);
                case REPLY -> calls.onReply((Message.Reply) message);
                case FAULT_REPLY -> faults.onReply((Message.FaultReply) message);
                case REFUSED -> calls.onRefused((Message.Refused) message);
                case PROBE -> answerProbe(from, address, group, (Message.Probe) message);
                case ATTACHED -> onAttached(from, group, (Message.Attached) message);
                case DETACHED -> onDetached(from, (Message.Detached) message);
                case DELIVERED, ANSWER, RESEND_FROM, HEARTBEAT, NOTICE, GOODBYE -> onStream(from, group, message);
                default -> { }
            }
        }

        private void onLookupReply(Message.LookupReply reply) {
            calls.onCluster(reply);
            AuctionSession session = reply.auctionId() == null ? null : sessions.get(reply.auctionId());
            if (session != null) {
                session.onLookupReply(reply);
            }
        }

        private void answerProbe(PeerId from, Address address, long group, Message.Probe probe) {
            if (self.equals(probe.target())) {
                context.links().sendUnreliable(address, from, group, new Message.ProbeReply(probe.nonce(), probe.target()));
            }
        }

        private void onAttached(PeerId from, long group, Message.Attached attached) {
            AuctionSession session = sessions.get(attached.auctionId());
            if (session != null) {
                session.onAttached(from, group, attached);
            }
        }

        private void onDetached(PeerId from, Message.Detached detached) {
            AuctionSession session = sessions.get(detached.auctionId());
            if (session != null) {
                session.onDetached(from, detached);
            }
        }

        private void onStream(PeerId from, long group, Message message) {
            AuctionSession session = sessionsByGroup.get(group);
            if (session != null) {
                session.onStream(from, message);
            } else if (message instanceof Message.Goodbye) {
                onCrashHint(from);
            }
        }

        @Override
        public void onUnacknowledged(PeerId peer) {
            calls.onCrashHint(peer);
            eachSession(session -> session.onSuspicion(peer, "does not acknowledge"));
        }

        @Override
        public void onCrashHint(PeerId peer) {
            calls.onCrashHint(peer);
            eachSession(session -> session.onSuspicion(peer, "has probably ended"));
        }

        @Override
        public void onUndelivered(NodeRef peer, long group, Message message) {
            AuctionSession session = sessionsByGroup.get(group);
            if (session != null && (message instanceof Message.Submit || message instanceof Message.Attach)) {
                session.onSuspicion(peer.peer(), "has closed the link");
            }
        }

        @Override
        public void onRoom(NodeRef peer) {
            eachSession(AuctionSession::pump);
        }
    }
}
