package org.gavel.protocol.identity;

/**
 * One start of one party: who it is, which start of it, and where it receives.
 *
 * @param uid         stable identity
 * @param incarnation max(stored + 1, wall-clock ms at the start): every start is newer than all before
 * @param address     unicast address
 * @param name        for people; never compared
 * @param process     the operating-system process, or {@link ProcessIdentity#UNKNOWN}
 */
public record NodeRef(Uid uid, long incarnation, Address address, String name, ProcessIdentity process) {
    public boolean sameStart(NodeRef other) {
        return uid.equals(other.uid) && incarnation == other.incarnation;
    }

    public PeerId peer() {
        return new PeerId(uid, incarnation);
    }

    @Override
    public String toString() {
        return name.isEmpty() ? uid.shortForm() : name + "(" + uid.shortForm() + ")";
    }
}
