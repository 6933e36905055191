package org.gavel.node.hostile;


import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Hostile bytes on a running auction (docs/HOSTILE-BYTES.md): no exception leaves a callback, memory stays flat, and the auction loses nothing.
 * {@code -Dgavel.hostile=N} says how many datagrams fall in all, {@code -Dgavel.seed=N} replays.
 */
class HostileBytesTest {
    private static final long DATAGRAMS = Long.getLong("gavel.hostile", 150_000);
    private static final long SEED = Long.getLong("gavel.seed", 20_261_122);

    @ParameterizedTest
    @EnumSource(Rain.Source.class)
    void shouldEndInNoExceptionKeepMemoryFlatAndLoseNothing(Rain.Source source) {
        try {
            Storm storm = new Storm(source, SEED);
            storm.run(DATAGRAMS / Rain.Source.values().length);
            System.out.println(storm.report());
        } catch (AssertionError | RuntimeException | StackOverflowError e) {
            throw new AssertionError(source + ", seed " + SEED + "; replay with mvn -pl node-headless -am test -Dtest=HostileBytesTest "
                + "-Dsurefire.failIfNoSpecifiedTests=false -Dgavel.hostile=" + DATAGRAMS + " -Dgavel.seed=" + SEED + "\n" + e, e);
        }
    }
}
