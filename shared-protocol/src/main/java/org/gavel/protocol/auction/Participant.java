package org.gavel.protocol.auction;

import java.util.Optional;
import org.gavel.protocol.identity.Uid;

/**
 * Somebody who takes part in an auction, by joining or by a first bid.
 *
 * @param uid  who
 * @param name for people, at most {@link #NAME_CHARS_MAX} chars; two may have the same
 * @param bids accepted bids since joining
 */
public record Participant(Uid uid, String name, long bids) {
    public static final int NAME_CHARS_MAX = 40;

    /** A sentence if people could not be shown under this name; empty if it will do. */
    public static Optional<String> nameComplaint(String name) {
        if (name.length() > NAME_CHARS_MAX) {
            return Optional.of("a name has at most " + NAME_CHARS_MAX + " characters, this one has " + name.length() + "; choose a shorter one");
        }
        // A control character could move the cursor of every terminal that shows the name.
        return name.chars().anyMatch(Character::isISOControl)
                ? Optional.of("a name holds no control characters; choose a plain one") : Optional.empty();
    }

    Participant withBid() {
        return new Participant(uid, name, bids + 1);
    }
}
