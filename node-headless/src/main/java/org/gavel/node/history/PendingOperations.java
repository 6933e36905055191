package org.gavel.node.history;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Calls and answers of the operations not yet placed, in real time: Lowe's doubly linked list, from which a placed operation is taken and
 * into which it is put back on the way back, in reverse order.
 */
final class PendingOperations {
    private static final int HEAD = 0;

    private final List<Operation> operations;
    /** Nodes: 0 the head, then every call and every answer in real time. */
    private final int[] next;
    private final int[] previous;
    /** Which operation's node it is; an answer's is stored as its complement. */
    private final int[] owner;
    private final int[] callNode;
    private final int[] answerNode;
    /** How many operations were called before this one's answer. */
    private final int[] callsBeforeAnswer;
    private int unanswered;

    /** @param operations ordered by their calls */
    PendingOperations(List<Operation> operations) {
        this.operations = operations;
        int calls = operations.size();
        Integer[] byAnswer = new Integer[calls];
        Arrays.setAll(byAnswer, i -> i);
        Arrays.sort(byAnswer, Comparator.comparingInt(i -> operations.get(i).returnedAt()));
        int answered = (int) operations.stream().filter(Operation::isAnswered).count();
        unanswered = answered;
        next = new int[calls + answered + 1];
        previous = new int[calls + answered + 1];
        owner = new int[calls + answered + 1];
        callNode = new int[calls];
        answerNode = new int[calls];
        callsBeforeAnswer = new int[calls];
        int call = 0;
        int answer = 0;
        for (int node = 1; node < owner.length; node++) {
            boolean isCall = answer >= answered || call < calls && operations.get(call).invokedAt() < operations.get(byAnswer[answer]).returnedAt();
            int operation = isCall ? call++ : byAnswer[answer++];
            (isCall ? callNode : answerNode)[operation] = node;
            owner[node] = isCall ? operation : ~operation;
            callsBeforeAnswer[operation] = call;
        }
        for (int node = 0; node < owner.length; node++) {
            next[node] = (node + 1) % owner.length;
            previous[node] = (node + owner.length - 1) % owner.length;
        }
    }

    /** Every answered operation has its place. */
    boolean isDone() {
        return unanswered == 0;
    }

    /** The operations that may be next, since no unplaced one was answered before they were called; returns how many there are. */
    int callsBeforeFirstAnswer(int[] into) {
        int count = 0;
        for (int node = next[HEAD]; node != HEAD && owner[node] >= 0; node = next[node]) {
            into[count++] = owner[node];
        }
        return count;
    }

    /** How many operations were called before the first answer of one without a place. Not asked when all is done. */
    int callsSoFar() {
        return callsBeforeAnswer[firstAnswered()];
    }

    /** Whose answer comes first among the unplaced. Not asked when all is done. */
    int firstAnswered() {
        int node = next[HEAD];
        while (node != HEAD && owner[node] >= 0) {
            node = next[node];
        }
        return ~owner[node];
    }

    void take(int operation) {
        unlink(callNode[operation]);
        if (operations.get(operation).isAnswered()) {
            unlink(answerNode[operation]);
            unanswered--;
        }
    }

    /** Undoes the latest {@link #take} that was not undone. */
    void putBack(int operation) {
        if (operations.get(operation).isAnswered()) {
            relink(answerNode[operation]);
            unanswered++;
        }
        relink(callNode[operation]);
    }

    private void unlink(int node) {
        next[previous[node]] = next[node];
        previous[next[node]] = previous[node];
    }

    private void relink(int node) {
        next[previous[node]] = node;
        previous[next[node]] = node;
    }
}
