package org.gavel.protocol.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.gavel.protocol.host.Host;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.link.Links;
import org.gavel.protocol.wire.Message;

/**
 * Requests to the INM: looked up by broadcast, then sent over FIFO links to all servers of the answered view; the INM answers, the
 * others drop it (protocol.md section 3). Repeated under the same request id on silence, crash hint and 'not-inm', until the deadline.
 */
final class ServerCalls {
    /** Calls under way; further ones are refused. */
    static final int CALLS_MAX = 1_024;
    /** Silence after which a request is repeated. */
    static final long REPEAT_MS = 1_000;

    private final Host host;
    private final Links links;
    private final ClientSettings settings;
    private final Lookup lookup;
    private final Map<Long, Call> calls = new LinkedHashMap<>();
    private PeerId lastInm = PeerId.UNKNOWN;
    private boolean heard;

    ServerCalls(Host host, Links links, ClientSettings settings) {
        this.host = host;
        this.links = links;
        this.settings = settings;
        this.lookup = new Lookup(host, links, null);
    }

    private static final class Call {
        final long id;
        final Message message;
        final CompletableFuture<String> answer = new CompletableFuture<>();
        /** Sent to the servers of an answered lookup, and not silent since. */
        boolean placed;
        Host.Cancellable repeat;
        Host.Cancellable discovery;
        Host.Cancellable deadline;

        Call(long id, Message message) {
            this.id = id;
            this.message = message;
        }
    }

    /**
     * @param kind     list, status, start, forget or release
     * @param argument JSON
     * @return the answer's JSON
     */
    CompletableFuture<String> call(String kind, String argument) {
        long id = host.random();
        Call call = new Call(id, new Message.Request(id, settings.bidder(), kind, argument));
        if (calls.size() >= CALLS_MAX) {
            call.answer.completeExceptionally(new RefusedException(CALLS_MAX + " requests are under way; wait for their answers"));
            return call.answer;
        }
        calls.put(id, call);
        call.repeat = host.schedule(REPEAT_MS, () -> onSilence(call));
        call.discovery = host.schedule(settings.discoveryMs(), () -> onDiscoveryOver(call));
        if (settings.timeoutMs() > 0) {
            call.deadline = host.schedule(settings.timeoutMs(), () -> onDeadline(call));
        }
        lookup.start(false);
        return call.answer;
    }

    /** Any message at all arrived: there is a cluster. */
    void onHeard() {
        heard = true;
    }

    boolean hasHeard() {
        return heard;
    }

    /** Somebody answered where the cluster is. */
    void onCluster(Message.LookupReply reply) {
        if (reply.inm() != null) {
            lastInm = reply.inm().peer();
        }
        List<NodeRef> servers = serversOf(reply);
        boolean allPlaced = true;
        for (Call call : calls.values()) {
            if (!call.placed) {
                for (NodeRef server : servers) {
                    call.placed |= links.send(server, Links.NODE_GROUP, call.message);
                }
                allPlaced &= call.placed;
            }
        }
        if (allPlaced) {
            lookup.stop();
        }
    }

    void onReply(Message.Reply reply) {
        Call call = calls.get(reply.requestId());
        if (call == null) {
            return;
        }
        switch (reply.code()) {
            case "ok" -> finish(call, reply.body(), null);
            case "not-inm" -> onTurnedAway(call);
            default -> finish(call, null, new RefusedException(reply.body()));
        }
    }

    /** An INM that hands over turns starts away for up to 2 s and is still whom every lookup finds: asked again at once, both would talk as fast as the network can. */
    private void onTurnedAway(Call call) {
        call.repeat.cancel();
        call.repeat = host.schedule(Attachment.TURNED_AWAY_MS, () -> onSilence(call));
    }

    /** The house turns this client away altogether: it speaks another version. */
    void onRefused(Message.Refused refused) {
        for (Call call : new ArrayList<>(calls.values())) {
            finish(call, null, new RefusedException(refused.sentence()));
        }
    }

    void onCrashHint(PeerId peer) {
        if (peer.equals(lastInm) && !calls.isEmpty()) {
            lastInm = PeerId.UNKNOWN;
            calls.values().forEach(call -> call.placed = false);
            lookup.start(true);
        }
    }

    void close() {
        for (Call call : new ArrayList<>(calls.values())) {
            finish(call, null, new NoAnswerException("the client was closed before the answer came"));
        }
        lookup.stop();
    }

    /** The sentence of exit code 3. */
    NoClusterException noCluster() {
        return new NoClusterException("no node of cluster '" + settings.cluster() + "' was heard; is one running, and are --cluster, "
                + "--port and --bind the same as its?");
    }

    private void onSilence(Call call) {
        call.placed = false;
        lookup.start(false);
        call.repeat = host.schedule(REPEAT_MS, () -> onSilence(call));
    }

    private void onDiscoveryOver(Call call) {
        if (!heard) {
            finish(call, null, noCluster());
        }
    }

    private void onDeadline(Call call) {
        finish(call, null, heard ? new NoAnswerException("the cluster was heard, but no manager answered within "
                + settings.timeoutMs() + " ms; try again, perhaps with a larger --timeout") : noCluster());
    }

    private void finish(Call call, String body, ClientException failure) {
        calls.remove(call.id);
        call.placed = true;
        call.repeat.cancel();
        call.discovery.cancel();
        if (call.deadline != null) {
            call.deadline.cancel();
        }
        if (calls.isEmpty()) {
            lookup.stop();
        }
        if (failure == null) {
            call.answer.complete(body);
        } else {
            call.answer.completeExceptionally(failure);
        }
    }

    private static List<NodeRef> serversOf(Message.LookupReply reply) {
        Map<PeerId, NodeRef> servers = new LinkedHashMap<>();
        if (reply.inm() != null) {
            servers.put(reply.inm().peer(), reply.inm());
        }
        if (reply.servers() != null) {
            reply.servers().forEach(server -> servers.put(server.peer(), server));
        }
        if (reply.answerer() != null) {
            servers.put(reply.answerer().peer(), reply.answerer());
        }
        return List.copyOf(servers.values());
    }
}
