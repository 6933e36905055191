package org.gavel.node.server;

import com.google.gson.JsonObject;
import java.util.List;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.ring.NodeJson;
import org.gavel.protocol.wire.JsonFields;
import org.gavel.protocol.wire.MalformedException;

/** The payload of an auction group's config entry: its members in ring order, the active included. */
final class GroupMembers {
    private static final String MEMBERS = "members";
    private static final int MEMBERS_MAX = 16;

    private GroupMembers() { }

    static String payload(List<NodeRef> members) {
        JsonObject json = new JsonObject();
        json.add(MEMBERS, NodeJson.writeNodes(members));
        return json.toString();
    }

    /** The members of a payload; none if it is not one. */
    static List<NodeRef> parse(String payload) {
        try {
            return NodeJson.readNodes(JsonFields.of(JsonFields.element(payload, "the members"), "the members").objects(MEMBERS, MEMBERS_MAX));
        } catch (MalformedException e) {
            return List.of();
        }
    }
}
