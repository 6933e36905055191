package org.gavel.protocol.identity;

/** One end of a link: a party and which start of it. */
public record PeerId(Uid uid, long incarnation) {
    public static final PeerId UNKNOWN = new PeerId(Uid.NOBODY, 0);

    @Override
    public String toString() {
        return uid.shortForm() + "@" + incarnation;
    }
}
