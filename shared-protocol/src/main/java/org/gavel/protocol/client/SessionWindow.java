package org.gavel.protocol.client;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The unanswered commands of one session, numbered from 1 (protocol.md section 7, 'Exactly once'). The house keeps the replies of the
 * last {@link #UNANSWERED_MAX} commands, so that many may be under way and no more.
 */
final class SessionWindow {
    /** Commands under way in one session; further ones are refused. */
    static final int UNANSWERED_MAX = 1_024;

    private final Command<?>[] slots = new Command<?>[UNANSWERED_MAX];
    private long lowest = 1;
    private long next = 1;
    private long nextToSend = 1;

    boolean isFull() {
        return next - lowest >= UNANSWERED_MAX;
    }

    boolean isEmpty() {
        return lowest == next;
    }

    int size() {
        return (int) (next - lowest);
    }

    /** @return the command's sequence number */
    long add(Command<?> command) {
        if (isFull()) {
            throw new IllegalStateException("at most " + UNANSWERED_MAX + " commands under way");
        }
        slots[slot(next)] = command;
        return next++;
    }

    long lowestUnanswered() {
        return lowest;
    }

    /** The next command that has not been sent to the present active, or 0. */
    long nextToSend() {
        return nextToSend < next ? nextToSend : 0;
    }

    Command<?> get(long sequence) {
        return sequence >= lowest && sequence < next ? slots[slot(sequence)] : null;
    }

    void sent(long sequence) {
        nextToSend = sequence + 1;
    }

    /** From {@code sequence} on all must be sent again; what is answered already need not. */
    void resendFrom(long sequence) {
        nextToSend = Math.max(lowest, Math.min(sequence, next));
    }

    /** Takes out the command that was answered; null if it has been before, or never was. */
    Command<?> answered(long sequence) {
        Command<?> command = get(sequence);
        if (command == null) {
            return null;
        }
        slots[slot(sequence)] = null;
        while (lowest < next && slots[slot(lowest)] == null) {
            lowest++;
        }
        nextToSend = Math.max(nextToSend, lowest);
        return command;
    }

    /** Takes out all. */
    List<Command<?>> clear() {
        List<Command<?>> all = new ArrayList<>();
        for (long sequence = lowest; sequence < next; sequence++) {
            if (slots[slot(sequence)] != null) {
                all.add(slots[slot(sequence)]);
                slots[slot(sequence)] = null;
            }
        }
        lowest = next;
        nextToSend = next;
        return all;
    }

    /** Shows the commands whose deadline has passed, once each; they stay under way. Deadlines rise with the sequence. */
    void overdue(long nowMs, Consumer<Command<?>> each) {
        List<Command<?>> late = new ArrayList<>();
        for (long sequence = lowest; sequence < next; sequence++) {
            Command<?> command = slots[slot(sequence)];
            if (command != null && command.deadlineMs != Long.MAX_VALUE) {
                if (command.deadlineMs > nowMs) {
                    break;
                }
                command.deadlineMs = Long.MAX_VALUE;
                late.add(command);
            }
        }
        late.forEach(each);
    }

    private static int slot(long sequence) {
        return (int) (sequence & UNANSWERED_MAX - 1);
    }
}
