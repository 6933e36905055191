package org.gavel.node.replication.worlds;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gavel.protocol.wire.Message;

/** Everything that states consist of, once each and by number: messages, stimuli, timer names, and the messages under way between two nodes. */
final class Tables {
    private final Fingerprint print;
    private final Map<Fingerprint.Key, Integer> messageIds = new HashMap<>();
    private final List<Message> messages = new ArrayList<>();
    private final Map<Stimulus, Integer> stimulusIds = new HashMap<>();
    private final List<Stimulus> stimuli = new ArrayList<>();
    /** Of each stimulus that is a delivery, its message; else -1. */
    private final IntList delivered = new IntList(1 << 8);
    private final LongIntMap deliveries = new LongIntMap();
    private final Map<List<Integer>, Integer> wordIds = new HashMap<>();
    private final List<int[]> words = new ArrayList<>();
    private final LongIntMap appended = new LongIntMap();
    private final LongIntMap removed = new LongIntMap();
    /** By word: what is left behind its first message, plus one; 0 if not known yet. */
    private int[] rests = new int[1 << 10];

    /** @param unseen what of messages decides nothing in this world, see {@link Fingerprint#Fingerprint(Set)} */
    Tables(Set<String> unseen) {
        print = new Fingerprint(unseen);
        word(new int[0]);
    }

    int message(Message message) {
        print.reset();
        print.any(message);
        return messageIds.computeIfAbsent(print.key(), k -> {
            messages.add(message);
            return messages.size() - 1;
        });
    }

    Message message(int id) {
        return messages.get(id);
    }

    int deliver(int from, int message) {
        long key = (long) from << 32 | message;
        int known = deliveries.get(key);
        if (known < 0) {
            known = stimuli.size();
            stimuli.add(new Stimulus.Deliver(from, messages.get(message)));
            delivered.add(message);
            deliveries.put(key, known);
        }
        return known;
    }

    /** A stimulus other than a delivery. */
    int stimulus(Stimulus stimulus) {
        return stimulusIds.computeIfAbsent(stimulus, s -> {
            stimuli.add(s);
            delivered.add(-1);
            return stimuli.size() - 1;
        });
    }

    /** The message that this stimulus delivers, or -1. */
    int delivered(int stimulus) {
        return delivered.get(stimulus);
    }

    int messages() {
        return messages.size();
    }

    Stimulus stimulus(int id) {
        return stimuli.get(id);
    }

    // ---------------------------------------------------------------- words: the messages under way on one link; 0 is none

    private int word(int[] content) {
        List<Integer> key = Arrays.stream(content).boxed().toList();
        return wordIds.computeIfAbsent(key, k -> {
            words.add(content);
            return words.size() - 1;
        });
    }

    int[] content(int word) {
        return words.get(word);
    }

    /** @param ordered FIFO; else a bag, kept sorted so that equal bags are equal words */
    int append(int word, int message, boolean ordered) {
        long key = (long) word << 32 | message;
        int known = appended.get(key);
        if (known < 0) {
            int[] content = Arrays.copyOf(words.get(word), words.get(word).length + 1);
            content[content.length - 1] = message;
            if (!ordered) {
                Arrays.sort(content);
            }
            known = word(content);
            appended.put(key, known);
        }
        return known;
    }

    /** What is left behind the first. */
    int rest(int word) {
        if (word >= rests.length) {
            rests = Arrays.copyOf(rests, Math.max(word + 1, rests.length * 2));
        }
        if (rests[word] == 0) {
            rests[word] = remove(word, 0) + 1;
        }
        return rests[word] - 1;
    }

    int remove(int word, int position) {
        long key = (long) word << 32 | position;
        int known = removed.get(key);
        if (known < 0) {
            int[] before = words.get(word);
            int[] content = new int[before.length - 1];
            System.arraycopy(before, 0, content, 0, position);
            System.arraycopy(before, position + 1, content, position, content.length - position);
            known = word(content);
            removed.put(key, known);
        }
        return known;
    }
}
