package org.gavel.node.replication;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.wire.Acceptor;

/** Whom a group concerns: the acceptors of its configurations, the members that follow besides them, and the learners on their way in. */
final class Parties {
    private final Replica replica;
    private final Map<Uid, Acceptor> learners = new TreeMap<>();
    private List<NodeRef> members = List.of();

    Parties(Replica replica) {
        this.replica = replica;
    }

    boolean contains(Uid uid) {
        return learners.containsKey(uid) || members.stream().anyMatch(m -> m.uid().equals(uid))
                || replica.configurations().all().stream().anyMatch(c -> c.contains(uid));
    }

    List<NodeRef> members() {
        return members;
    }

    void setMembers(List<NodeRef> nodes) {
        members = List.copyOf(nodes);
    }

    /** In the order of their uids. */
    Collection<Acceptor> learners() {
        return learners.values();
    }

    void addLearner(Acceptor learner) {
        learners.put(learner.node().uid(), learner);
    }

    void removeLearner(Uid uid) {
        learners.remove(uid);
    }

    /** Whether that very start is one. */
    boolean isLearner(PeerId start) {
        Acceptor learner = learners.get(start.uid());
        return learner != null && learner.node().peer().equals(start);
    }
}
