package org.gavel.protocol.link;

/** The running counts behind {@link LinkCounters}. */
final class Tally {
    long sent;
    long data;
    long resent;
    long acksAlone;
    long received;
    long delivered;
    long duplicates;
    long foreign;
    long otherCluster;
    long otherVersion;
    long otherReceiver;
    long malformed;
    long stale;
    long beyondWindow;
    long refusals;
    long resets;
    long windowFull;
    long tooLarge;
    long linksRefused;
    long linksEvicted;

    LinkCounters counters(int links) {
        return new LinkCounters(sent, data, resent, acksAlone, received, delivered, duplicates, foreign, otherCluster, otherVersion,
                otherReceiver, malformed, stale, beyondWindow, refusals, resets, windowFull, tooLarge, linksRefused, linksEvicted, links);
    }
}
