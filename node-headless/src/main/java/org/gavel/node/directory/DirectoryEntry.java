package org.gavel.node.directory;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.ring.NodeJson;
import org.gavel.protocol.wire.Acceptor;
import org.gavel.protocol.wire.JsonFields;
import org.gavel.protocol.wire.MalformedException;

/**
 * One auction as the ring knows it.
 *
 * @param group  who serves it
 * @param stage  assigned, running, finished, cancelled, lapsed
 * @param freed  its nodes are idle again
 * @param result JSON of the auction's last outcome; empty until it is settled
 */
public record DirectoryEntry(Assignment assignment, Group group, AuctionStage stage, boolean freed, String result) {
    /** A result as JSON; an outcome with its longest names and reason is below 2,000 chars. */
    public static final int RESULT_CHARS_MAX = 4_000;

    /**
     * The nodes of an auction.
     *
     * @param members   in ring order; these starts are busy until the entry is freed
     * @param acceptors the first ones, as chosen by the INM; later ones stand in the group's own log
     * @param reserved  members added since the active last named its group: they are on their way in
     * @param active    or NOBODY
     * @param epoch     in which it was elected
     */
    public record Group(List<NodeRef> members, List<Acceptor> acceptors, List<Uid> reserved, Uid active, long epoch) {
        /** 1 + 3, and as many again on their way in and out. */
        public static final int MEMBERS_MAX = 8;

        public boolean contains(Uid uid) {
            return node(uid) != null;
        }

        /** The member of that uid, or null. */
        public NodeRef node(Uid uid) {
            return members.stream().filter(m -> m.uid().equals(uid)).findFirst().orElse(null);
        }

        /** Or null. */
        public NodeRef activeNode() {
            return node(active);
        }
    }

    public String auctionId() {
        return assignment.auctionId();
    }

    public String itemId() {
        return assignment.item().id();
    }

    /** True while its members may do nothing else. */
    public boolean isBusy() {
        return !freed;
    }

    DirectoryEntry withGroup(Group other) {
        return new DirectoryEntry(assignment, other, stage, freed, result);
    }

    DirectoryEntry withStage(AuctionStage other) {
        return new DirectoryEntry(assignment, group, other, freed, result);
    }

    DirectoryEntry withResult(AuctionStage other, String json) {
        return new DirectoryEntry(assignment, group, other, freed, json);
    }

    /** Its nodes are idle again; who they were no longer matters and would only swell the snapshot. */
    DirectoryEntry asFreed() {
        return new DirectoryEntry(assignment, new Group(List.of(), List.of(), List.of(), group.active(), group.epoch()), stage, true, result);
    }

    JsonObject toJson() {
        JsonObject json = new JsonObject();
        assignment.addTo(json);
        json.add("members", NodeJson.writeNodes(group.members()));
        json.add("acceptors", NodeJson.writeAcceptors(group.acceptors()));
        JsonArray reserved = new JsonArray();
        group.reserved().forEach(uid -> reserved.add(uid.toString()));
        json.add("reserved", reserved);
        json.addProperty("active", group.active().toString());
        json.addProperty("epoch", group.epoch());
        json.addProperty("state", stage.word());
        json.addProperty("freed", freed);
        json.addProperty("result", result);
        return json;
    }

    static DirectoryEntry fromJson(JsonFields json) throws MalformedException {
        AuctionStage stage = AuctionStage.ofWord(json.text("state", 20));
        if (stage == null) {
            throw new MalformedException("an auction of unknown state");
        }
        Group group = new Group(NodeJson.readNodes(json.objects("members", Group.MEMBERS_MAX)),
                NodeJson.readAcceptors(json.objects("acceptors", Group.MEMBERS_MAX)), List.copyOf(json.uids("reserved", Group.MEMBERS_MAX)),
                json.uid("active"), json.number("epoch"));
        return new DirectoryEntry(Assignment.fromJson(json), group, stage, json.flagOr("freed", false), json.text("result", RESULT_CHARS_MAX));
    }
}
