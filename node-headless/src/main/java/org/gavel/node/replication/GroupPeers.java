package org.gavel.node.replication;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.gavel.protocol.host.Host;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.wire.Acceptor;

/**
 * What becomes of a group's peers, as its node hears it: down, up again, ended, forgotten, with room in the window. Whoever takes over or leads stops asking those
 * who are gone, and asks those again who come back.
 */
final class GroupPeers {
    /** Pause before a peer is asked again to whom something got lost. */
    private static final long ASK_AGAIN_MS = 50;

    private final Host host;
    private final GroupLinks links;
    private final GroupRoles roles;
    private final Replica replica;
    /** Peers to whom something got lost a moment ago; no more than there are links. */
    private final Set<PeerId> askAgainDue = new HashSet<>();

    GroupPeers(Host host, GroupLinks links, GroupRoles roles) {
        this.host = host;
        this.links = links;
        this.roles = roles;
        this.replica = roles.replica();
    }

    // ---------------------------------------------------------------- gone

    /** True if the living cannot be enough in this node's own epoch but can in one asked for now. */
    boolean ended(NodeRef node) {
        links.setEnded(node);
        lost(node, "it has ended");
        Quorum quorum = roles.leadership() != null ? roles.leadership().quorum() : roles.takeOver() != null ? roles.takeOver().quorum() : null;
        return quorum != null
                && replica.configurations().all().stream().anyMatch(c -> quorum.wouldGainByFreshEpoch(c.acceptors(), links.ended()));
    }

    void forgotten(NodeRef node) {
        links.setForgotten(node, replica.configurations().all().stream().flatMap(c -> c.acceptors().stream())
                .filter(a -> a.node().sameStart(node)).map(Acceptor::logId).toList());
        lost(node, "it is forgotten");
        if (roles.takeOver() != null) {
            roles.takeOver().reconsider();
        }
        if (roles.leadership() != null) {
            roles.progress();
        }
    }

    void down(NodeRef node) {
        links.setDown(node, true);
        lost(node, "it is down");
    }

    private void lost(NodeRef node, String reason) {
        if (roles.takeOver() != null) {
            roles.takeOver().peerDown(node, reason);
        }
        if (roles.leadership() != null) {
            roles.leadership().refreshTargets();
            roles.leadership().peerDown(node);
        }
    }

    void outsiderGone(PeerId gone) {
        boolean learnt = roles.removeLearner(gone);
        if (links.forget(gone) || learnt) {
            Stream<NodeRef> acceptors = replica.configurations().all().stream().flatMap(c -> c.acceptors().stream()).map(Acceptor::node);
            Stream.concat(acceptors, roles.members().stream()).filter(n -> n.uid().equals(gone.uid())).findFirst().ifPresent(this::askAgain);
        }
    }

    // ---------------------------------------------------------------- there again

    void up(NodeRef node) {
        links.learn(node);
        links.setDown(node, false);
        askAgain(node);
    }

    /** Asks again a little later, so that a link that is just being closed is not opened by it. */
    void onUndelivered(NodeRef node) {
        if (askAgainDue.add(node.peer())) {
            host.schedule(ASK_AGAIN_MS, () -> {
                if (askAgainDue.remove(node.peer()) && links.isUp(node)) {
                    askAgain(node);
                }
            });
        }
    }

    private void askAgain(NodeRef node) {
        if (roles.takeOver() != null) {
            roles.takeOver().reachable(node);
        }
        if (roles.leadership() != null) {
            roles.leadership().peerUp(node);
            roles.wake();
        }
    }

    void onRoom(NodeRef node) {
        roles.acceptance().onRoom(node);
        if (roles.takeOver() != null) {
            roles.takeOver().onRoom(node);
        }
        if (roles.leadership() != null) {
            roles.leadership().onRoom(node);
            roles.wake();
        }
    }
}
