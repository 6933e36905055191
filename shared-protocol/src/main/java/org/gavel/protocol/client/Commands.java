package org.gavel.protocol.client;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.nio.charset.StandardCharsets;
import org.gavel.protocol.identity.Address;

/** The bytes of an auction's commands: JSON that becomes the body of the log entry unchanged. */
final class Commands {
    static final byte[] LEAVE = "{\"type\":\"leave\"}".getBytes(StandardCharsets.UTF_8);

    private Commands() { }

    /** @param address where the client receives, so that a new active can tell it (protocol.md section 10) */
    static byte[] join(String name, Address address) {
        JsonObject body = new JsonObject();
        body.addProperty("type", "join");
        body.addProperty("name", name);
        body.addProperty("address", address.toString());
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** @param note null for none */
    static byte[] bid(long amountCents, String note) {
        String head = "{\"type\":\"bid\",\"amountCents\":" + amountCents;
        String text = note == null ? head + "}" : isPlain(note) ? head + ",\"note\":\"" + note + "\"}"
                : head + ",\"note\":" + new JsonPrimitive(note) + "}";
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static boolean isPlain(String note) {
        for (int i = 0; i < note.length(); i++) {
            char c = note.charAt(i);
            if (c < ' ' || c == '"' || c == '\\' || Character.isSurrogate(c)) {
                return false;
            }
        }
        return true;
    }
}
