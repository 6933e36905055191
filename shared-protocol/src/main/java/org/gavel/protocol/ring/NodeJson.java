package org.gavel.protocol.ring;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.gavel.protocol.identity.Address;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.ProcessIdentity;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.wire.Acceptor;
import org.gavel.protocol.wire.JsonFields;
import org.gavel.protocol.wire.MalformedException;

/** Nodes, members and acceptors as JSON in the ring's log. Random 64-bit numbers are hex texts: other readers of JSON round long numbers. */
public final class NodeJson {
    private static final int NAME_CHARS_MAX = 200;

    private NodeJson() { }

    public static JsonObject write(NodeRef node) {
        JsonObject json = new JsonObject();
        json.addProperty("uid", node.uid().toString());
        json.addProperty("incarnation", node.incarnation());
        json.addProperty("address", node.address().toString());
        json.addProperty("name", node.name());
        if (!node.process().equals(ProcessIdentity.UNKNOWN)) {
            json.addProperty("host", node.process().host());
            json.addProperty("pid", node.process().pid());
            json.addProperty("startTicks", node.process().startTicks());
        }
        return json;
    }

    public static NodeRef readNode(JsonFields json) throws MalformedException {
        Uid uid = json.uid("uid");
        if (uid.isNobody()) {
            throw new MalformedException("a node without uid");
        }
        Address address;
        try {
            address = Address.parse(json.text("address", 30));
        } catch (IllegalArgumentException e) {
            throw new MalformedException(e.getMessage(), e);
        }
        ProcessIdentity process = json.has("host")
                ? new ProcessIdentity(json.text("host", NAME_CHARS_MAX), json.number("pid"), json.number("startTicks")) : ProcessIdentity.UNKNOWN;
        return new NodeRef(uid, json.number("incarnation"), address, json.textOr("name", NAME_CHARS_MAX, ""), process);
    }

    public static JsonObject write(Acceptor acceptor) {
        JsonObject json = write(acceptor.node());
        json.addProperty("logId", hex(acceptor.logId()));
        return json;
    }

    public static Acceptor readAcceptor(JsonFields json) throws MalformedException {
        return new Acceptor(readNode(json), json.hex("logId"));
    }

    public static JsonArray writeNodes(List<NodeRef> nodes) {
        JsonArray array = new JsonArray();
        nodes.forEach(n -> array.add(write(n)));
        return array;
    }

    public static JsonArray writeAcceptors(List<Acceptor> acceptors) {
        JsonArray array = new JsonArray();
        acceptors.forEach(a -> array.add(write(a)));
        return array;
    }

    public static List<NodeRef> readNodes(List<JsonFields> array) throws MalformedException {
        List<NodeRef> nodes = new ArrayList<>();
        for (JsonFields one : array) {
            nodes.add(readNode(one));
        }
        return List.copyOf(nodes);
    }

    public static List<Acceptor> readAcceptors(List<JsonFields> array) throws MalformedException {
        List<Acceptor> acceptors = new ArrayList<>();
        for (JsonFields one : array) {
            acceptors.add(readAcceptor(one));
        }
        return List.copyOf(acceptors);
    }

    static String hex(long value) {
        return new Uid(value).toString();
    }
}
