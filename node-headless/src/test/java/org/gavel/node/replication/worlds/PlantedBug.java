package org.gavel.node.replication.worlds;

import java.lang.reflect.Method;
import java.util.List;

/** A rule of protocol.md section 7 broken on purpose: which text of which production class is replaced by what, and the world that must show it. */
enum PlantedBug {
    COMMIT_AT_ONE_OF_THREE(Worlds.ONE_TAKE_OVER, patch("Leadership", "long level = quorum.level(deciding.acceptors(), this::heldBy);",
            "long level = deciding.acceptors().stream().mapToLong(this::heldBy).max().orElse(-1);")),
    LONGEST_LOG_WINS(Worlds.TWO_TAKE_OVERS, patch("TakeOver", "return lastEpoch != other.lastEpoch ? lastEpoch > other.lastEpoch : lastIndex > other.lastIndex;",
            "return lastIndex > other.lastIndex;")),
    OLD_TAIL_RESTAMPED(Worlds.TWO_TAKE_OVERS, patch("Leadership", "emptyIndex = appendEmpty();",
            "java.util.List<LogEntry> tail = new ArrayList<>();"
            + "for (long i = replica.committedIndex() + 1; i <= replica.lastIndex(); i++) { tail.add(replica.entry(i)); }"
            + "if (!tail.isEmpty()) { replica.truncateFrom(replica.committedIndex() + 1); }"
            + "tail.forEach(e -> replica.sequence(epoch, e.timeMs(), e.kind(), e.client(), e.session(), e.sequence(), e.lowestUnanswered(), e.body()));"
            + "emptyIndex = appendEmpty();")),
    NO_EMPTY_ENTRY(Worlds.TWO_TAKE_OVERS, patch("Leadership", "emptyIndex = appendEmpty();",
            "emptyIndex = epoch == 1 ? appendEmpty() : replica.lastIndex();")),
    OLD_ENTRIES_COMMITTED_BEFORE_THE_EMPTY_ONE(Worlds.RIVALS, patch("Leadership", "if (level < emptyIndex || reached <= decided) {", "if (reached <= decided) {")),
    PROMISE_NOT_CHECKED_ON_APPEND(Worlds.ONE_TAKE_OVER, patch("Acceptance", "if (epoch < replica.promisedEpoch()) {\n            reply(from, new Message.Fenced(epoch, replica.promisedEpoch()));\n            return false;",
            "if (epoch < replica.promisedEpoch()) {\n            return true;", "if (heldDueEpoch == replica.promisedEpoch()) {", "if (true) {")),
    PROMISE_GIVEN_TWICE(Worlds.TWO_TAKE_OVERS, patch("Acceptance", "|| m.epoch() == replica.promisedEpoch() && !replica.promisedTo().equals(from)) {", ") {",
            "if (m.epoch() == replica.promisedEpoch()) {\n            if (promiseStoredEpoch", "if (m.epoch() == replica.promisedEpoch() && replica.promisedTo().equals(from)) {\n            if (promiseStoredEpoch")),
    PREVIOUS_ENTRY_NOT_COMPARED(Worlds.TWO_TAKE_OVERS, patch("Acceptance", "if (prev > log.last() || known && !equal) {", "if (prev > log.last()) {")),
    HELD_BEFORE_STORED(Worlds.SLOW_STORE, patch("Acceptance", "if (heldDueTo != null && replica.storedIndex() >= verifiedIndex) {", "if (heldDueTo != null) {",
            "long held = Math.min(verifiedIndex, replica.storedIndex());", "long held = verifiedIndex;")),
    LEADER_GOES_ON_THOUGH_IT_PROMISED(Worlds.TWO_TAKE_OVERS, patch("Acceptance", "roles.outdated(m.epoch());\n        replica.promise", "replica.promise")),
    PROMISES_ONLY_IN_THE_NEWEST(Worlds.PENDING_CHANGE, patch("TakeOver", "boolean enough = quorum.reached(known.acceptors(), this::answered);",
            "boolean enough = true; if (best.configurations().get(best.configurations().size() - 1).index() <= known.index()) { enough = quorum.reached(known.acceptors(), this::answered); }",
            "enough &= quorum.reached(later.acceptors(), this::answered);", "enough = quorum.reached(later.acceptors(), this::answered);")),
    PROMISES_ONLY_IN_THE_KNOWN(Worlds.HALF_KNOWN_CHANGE, patch("TakeOver", "enough &= quorum.reached(later.acceptors(), this::answered);", "")),
    STARTED_FROM_AN_UNCOMMITTED_CONFIGURATION(Worlds.PENDING_CHANGE, patch("TakeOver", "this.known = replica.configurations().committed();", "this.known = replica.configurations().latest();",
            "known = replica.configurations().committed();\n        for", "known = replica.configurations().latest();\n        for")),
    CONFIGURATION_IN_FORCE_WHEN_APPENDED(Worlds.PENDING_CHANGE, patch("Leadership", "Configuration deciding = replica.configurations().deciding(decided + 1);",
            "Configuration deciding = replica.configurations().latest();")),
    CHANGE_COMMITTED_BY_THE_NEW_ONES(Worlds.PENDING_CHANGE, patch("ConfigurationHistory", "if (c.index() < index) {", "if (c.index() <= index) {")),
    PUT_OUT_ACCEPTOR_FORGETS(Worlds.KNOWN_CHANGE, patch("Acceptance", "ReplicaLog log = replica.log();\n        reply(to, new Message.Promise(",
            "ReplicaLog log = replica.log();\n        boolean in = replica.configurations().committed().acceptors().stream().anyMatch(a -> a.logId() == replica.logId());\n"
            + "        if (!in) { reply(to, new Message.Promise(epoch, replica.logId(), 0, 0, 0, 0, new byte[0])); return; }\n        reply(to, new Message.Promise("));

    /** @param replacements text and what stands in its place, in pairs */
    record Patch(String file, String[] replacements) { }

    private final Worlds world;
    private final List<Patch> patches;

    PlantedBug(Worlds world, Patch... patches) {
        this.world = world;
        this.patches = List.of(patches);
    }

    private static Patch patch(String file, String... replacements) {
        return new Patch(file, replacements);
    }

    Worlds world() {
        return world;
    }

    List<Patch> patches() {
        return patches;
    }

    /** Searches the bug's world with the bug in it; the sentence and, if it was found, the shortest trace. */
    String search(Search.Limits limits) {
        try {
            Method search = PatchedClasses.with(this).loadClass(Worlds.class.getName()).getDeclaredMethod("search", String.class, long.class, int.class, double.class);
            search.setAccessible(true);
            return (String) search.invoke(null, world.name(), limits.states(), limits.depth(), limits.seconds());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(this + " cannot be run", e);
        }
    }
}
