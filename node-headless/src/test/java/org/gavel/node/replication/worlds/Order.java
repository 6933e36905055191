package org.gavel.node.replication.worlds;

/**
 * Which nodes' moves may be tried without those of the others: a persistent set (Godefroid 1996). Moves of different nodes commute, and a node touches another only by
 * sending to it, over a link that is not empty it only adds behind what comes first anyhow; or by what the world says ({@link #touched}). It sends to those whom the world names and answers whom
 * it hears ({@link Ensemble#maySendTo} checks that).
 */
final class Order {
    /** What the set is made of: bits are nodes. To be filled before {@link #persistent}. */
    int alive;
    /** Those with a move that must happen some time. */
    int obliged;
    /** Those with a move that may or must happen, now or later, without another's doing. */
    int able;
    /** Of each node, from whom messages are under way to it. */
    final int[] incoming;
    /** Of each node, whom it may send to of its own accord. */
    final int[] targets;
    /** Of each node, whose moves it may make possible otherwise. */
    final int[] touched;
    private final int nodes;

    Order(int nodes) {
        this.nodes = nodes;
        incoming = new int[nodes];
        targets = new int[nodes];
        touched = new int[nodes];
    }

    /** The smallest set found that has a move which must happen; all nodes if there is none. */
    int persistent() {
        int smallest = alive;
        for (int node = 0; node < nodes; node++) {
            if ((obliged & 1 << node) != 0) {
                int closed = closure(1 << node);
                if (Integer.bitCount(closed) < Integer.bitCount(smallest)) {
                    smallest = closed;
                }
            }
        }
        return smallest;
    }

    /** Takes in whoever may, while the set stands still, send to one in it over a link that is empty. */
    private int closure(int set) {
        int closed = set;
        for (int before = 0; before != closed; ) {
            before = closed;
            int moving = moving(alive & ~closed);
            for (int from = 0; from < nodes; from++) {
                if ((moving & 1 << from) != 0 && ((reach(from) & ~outgoing(from) | touched[from]) & closed) != 0) {
                    closed |= 1 << from;
                }
            }
        }
        return closed;
    }

    /** Those outside the set that may move while it stands still. */
    private int moving(int outside) {
        int moving = able & outside;
        for (int before = 0; before != moving; ) {
            before = moving;
            for (int from = 0; from < nodes; from++) {
                if ((moving & 1 << from) != 0) {
                    moving |= (reach(from) | touched[from]) & outside;
                }
            }
        }
        return moving;
    }

    /** Whom a node may send to: of its own accord, or in answer to what is under way. */
    private int reach(int from) {
        return targets[from] | incoming[from];
    }

    /** Whom a node's messages are under way to. */
    private int outgoing(int from) {
        int out = 0;
        for (int to = 0; to < nodes; to++) {
            out |= (incoming[to] >>> from & 1) << to;
        }
        return out;
    }
}
