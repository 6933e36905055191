package org.gavel.node.replication.worlds;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * All that one node can become: its states by number, and what each stimulus makes of each. The production code runs once per (state, stimulus), on an object
 * brought into that state by the stimuli that first led there; after that the answer is looked up. Sound because a node is deterministic and hears of the others by
 * stimuli only, and because the {@link Fingerprint} holds all that decides on its future. The latter is audited: every so often two histories that led to one
 * fingerprint are both continued, and must go on alike.
 */
final class Behaviour {
    /** What became of a stimulus. {@code broken}: what the production code threw, else null. */
    record Step(int next, int[] to, int[] messages, List<Object> seen, RuntimeException broken) { }

    private static final int LIVING_MAX = 1_000;
    private static final int AUDIT_EVERY = 16;

    private record Origin(int before, int stimulus) { }

    private final Supplier<Subject> start;
    private final Tables tables;
    private final Fingerprint print;
    private final Map<Fingerprint.Key, Integer> ids = new HashMap<>();
    private final List<Origin> origins = new ArrayList<>();
    private final List<Object> facts = new ArrayList<>();
    private final List<int[]> timers = new ArrayList<>();
    /** A stimulus whose step is known, per state; -1 for none. */
    private final List<Integer> example = new ArrayList<>();
    private final LongIntMap known = new LongIntMap();
    private final List<Step> steps = new ArrayList<>();
    /** Of each step: from which state, by which stimulus. */
    private final IntList stepStates = new IntList(1 << 8);
    private final IntList stepStimuli = new IntList(1 << 8);
    /** Objects in some state, to be used once each. */
    private final Map<Integer, Subject> living = new LinkedHashMap<>();
    private long repeats;
    private long audits;

    /** @param unseen see {@link Fingerprint#Fingerprint(Set)} */
    Behaviour(Supplier<Subject> start, Tables tables, Set<String> unseen) {
        print = new Fingerprint(unseen);
        this.start = start;
        this.tables = tables;
        Subject subject = start.get();
        if (!subject.takeSent().isEmpty()) {
            throw new IllegalStateException("a subject spoke before it was spoken to");
        }
        subject.takeSeen();
        intern(subject, new Origin(-1, -1));
    }

    int states() {
        return ids.size();
    }

    int stepsRun() {
        return steps.size();
    }

    long audits() {
        return audits;
    }

    Object facts(int state) {
        return facts.get(state);
    }

    /** Stimuli of the timers that run in that state. */
    int[] timers(int state) {
        return timers.get(state);
    }

    Step step(int state, int stimulus) {
        long key = (long) state << 32 | stimulus;
        int found = known.get(key);
        if (found < 0) {
            Subject subject = living.remove(state);
            found = steps.size();
            steps.add(run(subject != null ? subject : replay(state), state, stimulus));
            stepStates.add(state);
            stepStimuli.add(stimulus);
            known.put(key, found);
            if (steps.get(found).broken() == null) {
                example.set(state, stimulus);
            }
        }
        return steps.get(found);
    }

    /** Whether this node never comes back to a state that it has left. */
    boolean neverReturns() {
        Graph graph = new Graph();
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).next() != stepStates.get(i)) {
                graph.edge(stepStates.get(i), steps.get(i).next());
            }
        }
        return graph.isAcyclic(states());
    }

    /** Steps that leave the node as it was. */
    void idle(BiConsumer<Integer, Step> out) {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).next() == stepStates.get(i) && steps.get(i).broken() == null) {
                out.accept(stepStimuli.get(i), steps.get(i));
            }
        }
    }

    private Step run(Subject subject, int state, int stimulus) {
        try {
            subject.apply(tables.stimulus(stimulus));
        } catch (RuntimeException e) {
            return new Step(state, new int[0], new int[0], List.of(), e);
        }
        List<Subject.Sent> sent = subject.takeSent();
        int[] to = sent.stream().mapToInt(Subject.Sent::to).toArray();
        int[] messages = sent.stream().mapToInt(s -> tables.message(s.message())).toArray();
        List<Object> seen = subject.takeSeen();
        int before = ids.size();
        int next = intern(subject, new Origin(state, stimulus));
        if (next < before && next != state && repeats++ % AUDIT_EVERY == 0) {
            audit(subject, next);
        } else {
            keep(next, subject);
        }
        return new Step(next, to, messages, seen, null);
    }

    private void keep(int state, Subject subject) {
        living.put(state, subject);
        if (living.size() > LIVING_MAX) {
            living.remove(living.keySet().iterator().next());
        }
    }

    private int intern(Subject subject, Origin origin) {
        Integer id = ids.putIfAbsent(keyOf(subject), ids.size());
        if (id != null) {
            return id;
        }
        origins.add(origin);
        facts.add(subject.facts());
        timers.add(subject.timers().stream().mapToInt(t -> tables.stimulus(new Stimulus.Fire(t))).toArray());
        example.add(-1);
        return ids.size() - 1;
    }

    private Fingerprint.Key keyOf(Subject subject) {
        print.reset();
        subject.describe(print);
        return print.key();
    }

    private Subject replay(int state) {
        ArrayDeque<Integer> stimuli = new ArrayDeque<>();
        for (Origin at = origins.get(state); at.before() >= 0; at = origins.get(at.before())) {
            stimuli.push(at.stimulus());
        }
        Subject subject = start.get();
        subject.takeSent();
        stimuli.forEach(s -> subject.apply(tables.stimulus(s)));
        subject.takeSent();
        subject.takeSeen();
        return subject;
    }

    /** The subject came to the state by another history than the one on record: it must go on as that one did. */
    private void audit(Subject subject, int state) {
        if (example.get(state) < 0) {
            return;
        }
        audits++;
        int stimulus = example.get(state);
        Step expected = steps.get(known.get((long) state << 32 | stimulus));
        subject.apply(tables.stimulus(stimulus));
        List<Subject.Sent> sent = subject.takeSent();
        Integer next = ids.get(keyOf(subject));
        boolean alike = next != null && next == expected.next() && sent.size() == expected.to().length
                && subject.takeSeen().toString().equals(expected.seen().toString());
        for (int i = 0; alike && i < sent.size(); i++) {
            alike = sent.get(i).to() == expected.to()[i] && tables.message(sent.get(i).message()) == expected.messages()[i];
        }
        if (!alike) {
            throw new IllegalStateException("two histories with one fingerprint part at " + tables.stimulus(stimulus) + ": a field is missing in it");
        }
    }
}
