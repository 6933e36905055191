package org.gavel.desktop.replay;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.monitor.MonitorJson;
import org.gavel.protocol.wire.MalformedException;

/**
 * A recording as JSON lines. The first names format and cluster, {@code {"gavelTrace":1,"cluster":"demo"}}; each other holds {@code atMs} and one of
 * {@code status}, {@code event}, {@code lost} (with {@code why}).
 */
final class TraceFile {
    /** Lines that a replay takes: about ten minutes of a busy cluster, below 200 MB of memory. */
    static final int LINES_MAX = 200_000;
    private static final int VERSION = 1;

    /** @param moments in the order of their times */
    record Recording(String cluster, List<Moment> moments) { }

    private TraceFile() { }

    static void write(Path file, String cluster, Iterable<Moment> moments) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            JsonObject head = new JsonObject();
            head.addProperty("gavelTrace", VERSION);
            head.addProperty("cluster", cluster);
            out.append(head.toString()).append('\n');
            for (Moment moment : moments) {
                out.append(line(moment)).append('\n');
            }
        }
    }

    private static String line(Moment moment) {
        JsonObject line = new JsonObject();
        line.addProperty("atMs", moment.atMs());
        if (moment.status() != null) {
            line.add("status", JsonParser.parseString(MonitorJson.write(moment.status())));
        } else if (moment.event() != null) {
            line.add("event", JsonParser.parseString(MonitorJson.write(List.of(moment.event()))).getAsJsonArray().get(0));
        } else {
            line.addProperty("lost", moment.lost());
            line.addProperty("why", moment.why());
        }
        return line.toString();
    }

    /**
     * @throws IOException with a sentence that names the line and what is wrong with it
     */
    static Recording read(Path file) throws IOException {
        List<Moment> moments = new ArrayList<>();
        int number = 1;
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            String cluster = head(in.readLine());
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                number++;
                if (number > LINES_MAX) {
                    throw new IOException("it has more than " + LINES_MAX + " lines; cut it into pieces, each with the first line");
                }
                if (!line.isBlank()) {
                    moments.add(moment(line, moments.isEmpty() ? Long.MIN_VALUE : moments.get(moments.size() - 1).atMs()));
                }
            }
            if (moments.isEmpty()) {
                throw new MalformedException("nothing is recorded in it");
            }
            return new Recording(cluster, moments);
        } catch (CharacterCodingException e) {
            throw new IOException(file + " is no text; a recording is what 'Export, Trace as JSON lines' writes", e);
        } catch (MalformedException | JsonParseException | IllegalStateException | UnsupportedOperationException | NumberFormatException e) {
            throw new IOException(file + ", line " + number + ": " + e.getMessage() + "; a recording is what 'Export, Trace as JSON lines' writes", e);
        }
    }

    private static String head(String line) throws MalformedException {
        JsonElement head = line == null ? null : JsonParser.parseString(line);
        if (head == null || !head.isJsonObject() || !head.getAsJsonObject().has("gavelTrace") || !head.getAsJsonObject().has("cluster")) {
            throw new MalformedException("this is no recording of Gavel");
        }
        int version = head.getAsJsonObject().get("gavelTrace").getAsInt();
        if (version != VERSION) {
            throw new MalformedException("it is of version " + version + ", this window reads version " + VERSION);
        }
        return head.getAsJsonObject().get("cluster").getAsString();
    }

    private static Moment moment(String text, long notBeforeMs) throws MalformedException {
        JsonElement parsed = JsonParser.parseString(text);
        if (!parsed.isJsonObject() || !parsed.getAsJsonObject().has("atMs")) {
            throw new MalformedException("neither status nor event nor loss of a node");
        }
        JsonObject line = parsed.getAsJsonObject();
        long atMs = Math.max(notBeforeMs, line.get("atMs").getAsLong());
        if (line.has("status")) {
            return Moment.of(atMs, MonitorJson.readStatus(line.get("status").toString()));
        }
        if (line.has("event")) {
            return Moment.of(atMs, MonitorJson.readEvents("[" + line.get("event") + "]").get(0));
        }
        if (line.has("lost")) {
            String uid = Uid.parseHex(line.get("lost").getAsString()).toString();
            return Moment.lost(atMs, uid, line.has("why") ? line.get("why").getAsString() : "not heard any more");
        }
        throw new MalformedException("neither status nor event nor loss of a node");
    }
}
