package org.gavel.protocol.ring;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.identity.ViewId;
import org.gavel.protocol.wire.Acceptor;
import org.gavel.protocol.wire.JsonFields;
import org.gavel.protocol.wire.MalformedException;

/**
 * The ring at one time: who is in it, in which order, and who manages it. Immutable; duties stand in the directory.
 *
 * @param id      foundation, epoch, number
 * @param members in order of joining: each one's successor is the next, the last one's the first
 * @param inm     the leader of the ring's group, or NOBODY
 */
public record RingView(ViewId id, List<Member> members, Uid inm) {
    /** Up to 100 nodes are supported; some more are tolerated while starts and restarts overlap. */
    public static final int MEMBERS_MAX = 128;
    /** Before a node was ever in a ring. */
    public static final RingView NONE = new RingView(ViewId.NONE, List.of(), Uid.NOBODY);

    public RingView {
        members = List.copyOf(members);
    }

    public int size() {
        return members.size();
    }

    public boolean contains(Uid uid) {
        return indexOf(uid) >= 0;
    }

    /** True if this very start is a member. */
    public boolean contains(PeerId peer) {
        int index = indexOf(peer.uid());
        return index >= 0 && members.get(index).node().incarnation() == peer.incarnation();
    }

    public Optional<Member> member(Uid uid) {
        int index = indexOf(uid);
        return index < 0 ? Optional.empty() : Optional.of(members.get(index));
    }

    public Optional<Member> inmMember() {
        return member(inm);
    }

    public List<NodeRef> nodes() {
        return members.stream().map(Member::node).toList();
    }

    public List<Acceptor> acceptors() {
        return members.stream().map(Member::acceptor).toList();
    }

    public List<Uid> uids() {
        return members.stream().map(Member::uid).toList();
    }

    /** The next member of the ring; a single member is its own successor; empty for one who is no member. */
    public Optional<Member> successor(Uid uid) {
        return step(uid, 1);
    }

    public Optional<Member> predecessor(Uid uid) {
        return step(uid, members.size() - 1);
    }

    private Optional<Member> step(Uid uid, int by) {
        int index = indexOf(uid);
        return index < 0 ? Optional.empty() : Optional.of(members.get((index + by) % members.size()));
    }

    /** All members in ring order, beginning with {@code start}; in joining order if it is no member. */
    public List<Member> startingAt(Uid start) {
        int index = Math.max(0, indexOf(start));
        List<Member> order = new ArrayList<>(members.subList(index, members.size()));
        order.addAll(members.subList(0, index));
        return List.copyOf(order);
    }

    /** The living ring, beginning with {@code start}: the dead are skipped. */
    public List<Member> livingFrom(Uid start, Predicate<Uid> living) {
        return startingAt(start).stream().filter(m -> living.test(m.uid())).toList();
    }

    /** The first living member behind {@code uid}, itself last; empty if none lives or it is no member. */
    public Optional<Member> livingSuccessor(Uid uid, Predicate<Uid> living) {
        return successor(uid).flatMap(next -> livingFrom(next.uid(), living).stream().findFirst());
    }

    /** The same view without these; nothing else changes. */
    public RingView without(Collection<Uid> leavers) {
        return new RingView(id, members.stream().filter(m -> !leavers.contains(m.uid())).toList(), leavers.contains(inm) ? Uid.NOBODY : inm);
    }

    /** The same view with these at the ring's end; one who comes back in a newer start leaves its old place. */
    public RingView with(Collection<Member> joiners) {
        List<Member> joined = new ArrayList<>(members);
        for (Member joiner : joiners) {
            joined.removeIf(m -> m.uid().equals(joiner.uid()));
            joined.add(joiner);
        }
        return new RingView(id, joined, inm);
    }

    /** These members as the next view of the foundation, sequenced by this INM in this epoch. */
    public RingView next(long epoch, Uid newInm) {
        return new RingView(new ViewId(id.foundation(), epoch, id.number() + 1), members, newInm);
    }

    /** The first view of a new foundation. */
    public static RingView founding(long foundation, long epoch, List<Member> founders, Uid inm) {
        return new RingView(new ViewId(foundation, epoch, 1), founders, inm);
    }

    private int indexOf(Uid uid) {
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).uid().equals(uid)) {
                return i;
            }
        }
        return -1;
    }

    public JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("foundation", NodeJson.hex(id.foundation()));
        json.addProperty("epoch", id.epoch());
        json.addProperty("number", id.number());
        json.addProperty("inm", inm.toString());
        JsonArray array = new JsonArray();
        members.forEach(m -> array.add(NodeJson.write(m.acceptor())));
        json.add("members", array);
        return json;
    }

    public static RingView fromJson(JsonFields json) throws MalformedException {
        List<Member> members = new ArrayList<>();
        for (JsonFields one : json.objects("members", MEMBERS_MAX)) {
            Acceptor acceptor = NodeJson.readAcceptor(one);
            Member member = new Member(acceptor.node(), acceptor.logId());
            if (members.stream().anyMatch(m -> m.uid().equals(member.uid()))) {
                throw new MalformedException("the view names " + member.uid() + " twice");
            }
            members.add(member);
        }
        return new RingView(new ViewId(json.hex("foundation"), json.number("epoch"), json.number("number")), members, json.uid("inm"));
    }
}
