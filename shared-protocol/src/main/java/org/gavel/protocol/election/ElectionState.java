package org.gavel.protocol.election;

/** Where one member stands in one group's election. */
public enum ElectionState {
    /** No election runs here: none was started, or a leader serves. */
    IDLE,
    /** Own candidature is on its way, and no larger one was seen. */
    PARTICIPANT,
    /** A larger candidate passed here: this member can no longer win this epoch. */
    OUTBID,
    /** Not a candidate: passes tokens on unchanged. */
    RELAY,
    /** The own token came home: nominated, and collecting promises. */
    NOMINATED,
    /** Elected named another member, which is now collecting promises. */
    DECIDED
}
