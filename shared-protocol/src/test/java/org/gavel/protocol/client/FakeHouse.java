package org.gavel.protocol.client;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gavel.protocol.host.simulation.SimulatedHost;
import org.gavel.protocol.host.simulation.SimulatedNetwork;
import org.gavel.protocol.identity.Address;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.identity.ProcessIdentity;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.identity.ViewId;
import org.gavel.protocol.link.LinkLayer;
import org.gavel.protocol.link.LinkListener;
import org.gavel.protocol.link.Links;
import org.gavel.protocol.wire.LogEntry;
import org.gavel.protocol.wire.Message;

/**
 * A scripted auction house: nodes that answer as a test tells them, over one log that stands for everything a quorum holds. Every bid is
 * accepted.
 */
final class FakeHouse {
    static final String AUCTION = "lamp-3";
    static final long GROUP = 4;

    final SimulatedNetwork network;
    final List<LogEntry> log = new ArrayList<>();
    final List<String> outcomes = new ArrayList<>();
    private final Map<String, Long> answered = new LinkedHashMap<>();
    private final Map<Uid, Long> lastSequence = new LinkedHashMap<>();
    /** Whom the manager names. */
    Node active;
    /** State of the auction as the manager tells it. */
    String auctionState = "running";
    /** The first index that is still kept as an entry. */
    long firstKept = 1;

    FakeHouse(SimulatedNetwork network) {
        this.network = network;
    }

    Node node(String name) {
        return new Node(network.newHost(name));
    }

    /** An entry of the house's own. */
    void append(String outcome) {
        append(Uid.NOBODY, new Message.Submit(Uid.NOBODY, 0, 0, 0, "{}".getBytes(StandardCharsets.UTF_8)), LogEntry.Kind.COMMAND, outcome);
    }

    /** An entry that takes a number and says nothing. */
    void appendEmpty() {
        append(Uid.NOBODY, new Message.Submit(Uid.NOBODY, 0, 0, 0, new byte[0]), LogEntry.Kind.EMPTY, "{}");
    }

    private long append(Uid client, Message.Submit submit, LogEntry.Kind kind, String outcome) {
        long previous = log.isEmpty() ? 0 : log.get(log.size() - 1).checksum();
        LogEntry entry = LogEntry.create(previous, 1, log.size() + 1, 100L * log.size(), kind, client, submit.session(), submit.sequence(),
                submit.lowestUnanswered(), submit.bytes());
        log.add(entry);
        outcomes.add(outcome);
        return entry.index();
    }

    /** How many bids the log holds, each counted as often as it stands there. */
    List<Long> bidSequences() {
        return log.stream().filter(e -> new String(e.body(), StandardCharsets.UTF_8).contains("\"bid\"")).map(LogEntry::sequence).toList();
    }

    /** One scripted server. */
    final class Node implements LinkListener {
        final SimulatedHost host;
        final NodeRef ref;
        final LinkLayer links;
        final Map<PeerId, NodeRef> participants = new LinkedHashMap<>();
        final List<Message> got = new ArrayList<>();
        boolean manager;
        boolean leads;
        /** Takes commands into the log and tells nobody: as if it died between commit and delivery. */
        boolean mute;
        /** Takes no command, as if it always lacked the one before. */
        boolean lacksTheFirst;
        int submits;
        /** Entries are not delivered, heartbeats are. */
        boolean deliversNothing;
        boolean beats = true;
        /** So many entries at the end of the log have passed it by: it was deposed and does not know. */
        int unaware;
        String replyCode = "ok";
        String replyBody = "{}";
        boolean repliesToRequests = true;

        private Node(SimulatedHost host) {
            this.host = host;
            ref = new NodeRef(new Uid(host.random() | 1), 1, host.address(), host.name(), ProcessIdentity.UNKNOWN);
            links = new LinkLayer(host, ref, "gavel", this);
            host.start(links);
            host.schedule(1_000, this::beat);
        }

        Node manages() {
            manager = true;
            return this;
        }

        Node leads() {
            leads = true;
            active = this;
            return this;
        }

        private void beat() {
            host.schedule(1_000, this::beat);
            if (leads && beats) {
                participants.values().forEach(p -> links.sendUnreliable(p, GROUP,
                        new Message.Heartbeat(ViewId.NONE, 1, log.size(), log.size(), 0, List.of())));
            }
        }

        /** Sends everybody what was appended. */
        void deliver(long firstIndex) {
            if (!mute && !deliversNothing) {
                participants.values().forEach(p -> links.send(p, GROUP, delivered(firstIndex, log.size())));
            }
        }

        @Override
        public void onMessage(PeerId from, Address address, long group, Message message) {
            NodeRef client = new NodeRef(from.uid(), from.incarnation(), address, "", ProcessIdentity.UNKNOWN);
            got.add(message);
            switch (message.type()) {
                case LOOKUP -> onLookup(client, (Message.Lookup) message);
                case REQUEST -> onRequest(client, (Message.Request) message);
                case ATTACH -> onAttach(client, (Message.Attach) message);
                case SUBMIT -> onSubmit(client, (Message.Submit) message);
                case FAULT -> links.send(client, 0, new Message.FaultReply(((Message.Fault) message).requestId(), replyCode.equals("ok"), replyBody));
                default -> { }
            }
        }

        private void onLookup(NodeRef client, Message.Lookup lookup) {
            if (lookup.auctionId() != null && leads && AUCTION.equals(lookup.auctionId())) {
                links.sendUnreliable(client, 0, lookupReply(lookup.requestId(), AUCTION, this, manager ? ref : null));
            } else if (manager) {
                links.sendUnreliable(client, 0, lookupReply(lookup.requestId(), lookup.auctionId(), active, ref));
            }
        }

        Message.LookupReply lookupReply(long requestId, String auctionId, Node named, NodeRef inm) {
            boolean known = AUCTION.equals(auctionId);
            return new Message.LookupReply(requestId, new ViewId(1, 1, 1), ref, inm, List.of(ref), auctionId,
                    auctionId == null ? null : known ? auctionState : "unknown", known ? GROUP : 0,
                    known && named != null ? named.ref : null, null);
        }

        private void onRequest(NodeRef client, Message.Request request) {
            if (repliesToRequests) {
                links.send(client, Links.NODE_GROUP, new Message.Reply(request.requestId(), replyCode, replyBody));
            }
        }

        private void onAttach(NodeRef client, Message.Attach attach) {
            if (!leads) {
                boolean finished = auctionState.equals("finished");
                links.send(client, GROUP, new Message.Detached(AUCTION, finished ? "finished" : "not-active", finished ? outcomes.get(outcomes.size() - 1) : ""));
                return;
            }
            int known = log.size() - unaware;
            boolean goesOn = attach.fromIndex() >= firstKept && attach.fromIndex() <= known + 1;
            long next = goesOn ? attach.fromIndex() : known + 1L;
            participants.put(client.peer(), client);
            links.send(client, GROUP, new Message.Attached(AUCTION, ref, next, goesOn ? "" : "{\"state\":\"running\",\"priceCents\":1000,\"bids\":0}"));
            if (next <= known) {
                links.send(client, GROUP, delivered(next, known));
            }
        }

        private void onSubmit(NodeRef client, Message.Submit submit) {
            String key = submit.client() + "/" + submit.session() + "/" + submit.sequence();
            Uid session = new Uid(submit.session());
            long last = lastSequence.getOrDefault(session, 0L);
            if (!leads) {
                links.send(client, GROUP, new Message.Detached(AUCTION, "not-active", ""));
            } else if (lacksTheFirst) {
                submits++;
                links.send(client, GROUP, new Message.ResendFrom(submit.session(), submit.lowestUnanswered()));
            } else if (answered.containsKey(key)) {
                long index = answered.get(key);
                links.send(client, GROUP, new Message.Answer(submit.session(), submit.sequence(), index, outcomes.get((int) index - 1)));
            } else if (submit.sequence() > last + 1 && last + 1 >= submit.lowestUnanswered()) {
                links.send(client, GROUP, new Message.ResendFrom(submit.session(), last + 1));
            } else {
                lastSequence.put(session, submit.sequence());
                answered.put(key, append(submit.client(), submit, LogEntry.Kind.COMMAND, outcome(submit)));
                deliver(log.size());
            }
        }

        private String outcome(Message.Submit submit) {
            String type = Outcome.of(new String(submit.bytes(), StandardCharsets.UTF_8)).type();
            return "{\"type\":\"" + type + "\",\"result\":\"accepted\",\"by\":\"" + submit.client() + "\",\"name\":\"mika\",\"priceCents\":"
                    + (1_000 + log.size()) + "}";
        }

        @Override
        public void onUnacknowledged(PeerId peer) { }

        @Override
        public void onCrashHint(PeerId peer) { }

        @Override
        public void onUndelivered(NodeRef peer, long group, Message message) { }

        @Override
        public void onRoom(NodeRef peer) { }
    }

    Message.Delivered delivered(long first, long last) {
        int bytes = 0;
        for (long index = first; index <= last; index++) {
            bytes += 8 + log.get((int) index - 1).bytes().length + outcomes.get((int) index - 1).length();
        }
        ByteBuffer out = ByteBuffer.allocate(bytes);
        for (long index = first; index <= last; index++) {
            byte[] entry = log.get((int) index - 1).bytes();
            byte[] outcome = outcomes.get((int) index - 1).getBytes(StandardCharsets.UTF_8);
            out.putInt(entry.length).put(entry).putInt(outcome.length).put(outcome);
        }
        return new Message.Delivered(first, (int) (last - first + 1), 0, out.array());
    }
}
