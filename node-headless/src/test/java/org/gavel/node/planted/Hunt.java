package org.gavel.node.planted;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/** Looks for a planted bug, seed after seed. */
final class Hunt {
    /**
     * The bug was found.
     *
     * @param seed      at which the first invariant broke
     * @param seeds     how many seeds it took, that one included
     * @param invariant by name
     * @param atMs      simulated time in that run
     * @param sentence  what was seen
     */
    record Catch(long seed, long seeds, String invariant, long atMs, String sentence) { }

    private final String profile;
    private final Method run;

    private Hunt(String profile, ClassLoader classes) {
        this.profile = profile;
        try {
            run = classes.loadClass(Trial.class.getName()).getMethod("run", String.class, long.class);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    static Hunt of(PlantedBug bug) {
        return new Hunt(bug.profile(), PatchedClasses.with(bug));
    }

    /** Without a bug: nothing may be found. */
    static Hunt sound(String profile) {
        return new Hunt(profile, PatchedClasses.sound());
    }

    /** Null if {@code seeds} seeds from {@code first} on show nothing. */
    Catch hunt(long first, long seeds) {
        for (long seed = first; seed < first + seeds; seed++) {
            String[] found = one(seed);
            if (found != null) {
                return new Catch(seed, seed - first + 1, found[0], Long.parseLong(found[1]), found[2]);
            }
        }
        return null;
    }

    private String[] one(long seed) {
        try {
            return (String[]) run.invoke(null, profile, seed);
        } catch (InvocationTargetException e) {
            throw new AssertionError("profile '" + profile + "', seed " + seed + ": the trial itself failed", e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
