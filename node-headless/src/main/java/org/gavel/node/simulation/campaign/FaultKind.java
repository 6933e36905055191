package org.gavel.node.simulation.campaign;

/** What can be done to a world; each is drawn with its weight. */
enum FaultKind {
    LOSS(6, "loss of 1 to 30 %"),
    DUPLICATES(3, "duplicates"),
    DELAY(4, "delay up to 300 ms with jitter"),
    REORDERING(4, "reordering"),
    NO_CRASH_HINTS(3, "crash hints missing"),
    FALSE_CRASH_HINTS(3, "crash hints false"),
    NO_BROADCAST(1, "broadcasts lost"),
    PARTITION(4, "full partition"),
    ASYMMETRIC_PARTITION(3, "partition in one direction"),
    ONE_WAY_CUT(5, "one link cut in one direction"),
    ISOLATION(3, "one node isolated"),
    CLOG(5, "links clogged up to 5 s"),
    SWIZZLE(3, "swizzle"),
    PAUSE(8, "process paused 1 to 15 s"),
    STARVED(4, "process starved: it runs by fits and starts"),
    CLIENT_PAUSE(2, "client paused"),
    CLIENT_CRASH(2, "client crashed, another in its place"),
    CRASH_INM(7, "crash of the INM"),
    CRASH_ACTIVE(9, "crash of an active"),
    CRASH_FOLLOWER(7, "crash of a follower"),
    CRASH_IDLE(4, "crash of an idle node"),
    CRASH_NEWCOMER(3, "crash of a newcomer"),
    TERMINATE(3, "end with a goodbye"),
    POWER_OFF(3, "power off: nothing answers"),
    DISK_ERROR(3, "crash at a write to the disk"),
    SLOW_DISK(4, "disk slow, up to 200 ms a write"),
    CLOCK_JUMP(3, "wall clock jumps"),
    HIGHER_UID_JOINS(3, "a node with a higher uid joins"),
    TWIN(1, "a second process under a uid that lives"),
    KILL_IN_ELECTION(4, "kill within an election"),
    KILL_IN_TAKE_OVER(4, "kill within a take-over"),
    KILL_IN_REPLACEMENT(4, "kill within a replacement"),
    KILL_IN_CLOSE(4, "kill within a close");

    private final int weight;
    private final String words;

    FaultKind(int weight, String words) {
        this.weight = weight;
        this.words = words;
    }

    int weight() {
        return weight;
    }

    String words() {
        return words;
    }

    /** It starts a process that was not there before, and that may stay. */
    boolean addsMachine() {
        return this == HIGHER_UID_JOINS || this == CRASH_NEWCOMER;
    }

    static FaultKind drawn(java.util.SplittableRandom dice) {
        int sum = 0;
        for (FaultKind kind : values()) {
            sum += kind.weight;
        }
        int at = dice.nextInt(sum);
        for (FaultKind kind : values()) {
            at -= kind.weight;
            if (at < 0) {
                return kind;
            }
        }
        throw new IllegalStateException("the weights sum up to more than they are");
    }
}
