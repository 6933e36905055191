package org.gavel.desktop.model;

import org.gavel.protocol.identity.Uid;

/**
 * A token of a running election, on its way along the ring as it is shown (slower than it was).
 *
 * @param id        the same for one hop from tick to tick
 * @param candidate whose uid it carries
 * @param from      who sent it
 * @param to        who gets it
 * @param progress  0 at the sender, 1 at the receiver
 * @param fate      what becomes of it there
 */
public record TokenView(long id, Uid candidate, Uid from, Uid to, double progress, Fate fate) {
    /** What the receiver does with it. */
    public enum Fate {
        /** Goes on, or that is not known yet. */
        PASSED,
        /** Ends there: the receiver has seen a larger one. */
        SWALLOWED,
        /** Came home: its candidate is nominated. */
        HOME
    }
}
