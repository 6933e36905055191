package org.gavel.protocol.client;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.gavel.protocol.host.Host;
import org.gavel.protocol.identity.Address;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.ProcessIdentity;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.link.Links;
import org.gavel.protocol.wire.Message;

/** Kill, pause and isolate: sent to the very start that status named, acknowledged before they act (protocol.md section 11). */
final class FaultCalls {
    /** Faults under way; further ones are refused. */
    static final int FAULTS_MAX = 256;

    private final Host host;
    private final Links links;
    private final ClientSettings settings;
    private final Map<Long, CompletableFuture<NodeInfo>> underWay = new LinkedHashMap<>();
    private final Map<Long, NodeInfo> targets = new LinkedHashMap<>();

    FaultCalls(Host host, Links links, ClientSettings settings) {
        this.host = host;
        this.links = links;
        this.settings = settings;
    }

    CompletableFuture<NodeInfo> send(NodeInfo node, String fault, long forMs) {
        CompletableFuture<NodeInfo> answer = new CompletableFuture<>();
        NodeRef target = new NodeRef(Uid.parseHex(node.uid()), node.incarnation(), Address.parse(node.address()), node.name(),
                ProcessIdentity.UNKNOWN);
        long id = host.random();
        if (underWay.size() >= FAULTS_MAX || !links.send(target, Links.NODE_GROUP, new Message.Fault(id, target.peer(), fault, forMs))) {
            answer.completeExceptionally(new RefusedException("too many commands to " + node.name() + " are under way; wait for their answers"));
            return answer;
        }
        underWay.put(id, answer);
        targets.put(id, node);
        if (settings.timeoutMs() > 0) {
            host.schedule(settings.timeoutMs(), () -> fail(id, new NoAnswerException(node.name() + " at " + node.address()
                    + " did not answer; it may be down, paused or isolated already")));
        }
        return answer;
    }

    void onReply(Message.FaultReply reply) {
        CompletableFuture<NodeInfo> answer = underWay.remove(reply.requestId());
        NodeInfo node = targets.remove(reply.requestId());
        if (answer == null) {
            return;
        }
        if (reply.accepted()) {
            answer.complete(node);
        } else {
            answer.completeExceptionally(new RefusedException(reply.sentence()));
        }
    }

    void close() {
        for (Long id : underWay.keySet().toArray(Long[]::new)) {
            fail(id, new NoAnswerException("the client was closed before the answer came"));
        }
    }

    private void fail(long id, ClientException failure) {
        CompletableFuture<NodeInfo> answer = underWay.remove(id);
        targets.remove(id);
        if (answer != null) {
            answer.completeExceptionally(failure);
        }
    }
}
