package org.gavel.node.replication;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.wire.Acceptor;
import org.gavel.protocol.wire.LogEntry;
import org.gavel.protocol.wire.MalformedException;

/**
 * The acceptors of all entries behind {@code index}.
 *
 * @param index     of its config entry; 0 for the base configuration that a group is born with
 * @param epoch     of its config entry
 * @param acceptors whose promises and holding count
 * @param payload   JSON that belongs to the state machine (the ring: its view; an auction: its members)
 */
public record Configuration(long index, long epoch, List<Acceptor> acceptors, String payload) {
    private static final Gson GSON = new Gson();

    /** The body of a config entry. */
    private record Body(List<Acceptor> acceptors, String payload) { }

    public Configuration {
        acceptors = List.copyOf(acceptors);
    }

    public boolean contains(Uid uid) {
        return acceptors.stream().anyMatch(a -> a.node().uid().equals(uid));
    }

    /** True if this very log of that node counts here. */
    public boolean contains(Uid uid, long logId) {
        return acceptors.stream().anyMatch(a -> a.node().uid().equals(uid) && a.logId() == logId);
    }

    /** The body of the config entry that makes this configuration. */
    public byte[] body() {
        return GSON.toJson(new Body(acceptors, payload)).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads the configuration that a config entry makes; a state machine finds its payload by this.
     *
     * @throws MalformedException if the body is none
     */
    public static Configuration of(LogEntry entry) throws MalformedException {
        return of(entry.index(), entry.epoch(), entry.body());
    }

    static Configuration of(long index, long epoch, byte[] body) throws MalformedException {
        try {
            Body read = GSON.fromJson(new String(body, StandardCharsets.UTF_8), Body.class);
            if (read == null || read.acceptors == null || read.payload == null
                    || read.acceptors.stream().anyMatch(a -> a == null || a.node() == null || a.node().uid() == null)) {
                throw new MalformedException("configuration of entry " + index + " lacks its acceptors");
            }
            return new Configuration(index, epoch, read.acceptors, read.payload);
        } catch (JsonParseException e) {
            throw new MalformedException("configuration of entry " + index + " is no JSON", e);
        }
    }
}
