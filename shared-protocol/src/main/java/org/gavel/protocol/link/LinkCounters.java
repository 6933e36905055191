package org.gavel.protocol.link;

/**
 * What the link layer has counted since its start, in datagrams unless said otherwise.
 *
 * @param sent             all that left
 * @param data             reliable ones, first time
 * @param resent           reliable ones, again
 * @param acksAlone        that carried nothing but an acknowledgement
 * @param received         all that came, own broadcasts excepted
 * @param delivered        messages handed up
 * @param duplicates       reliable ones that had come before
 * @param foreign          empty, too short, or of something else
 * @param otherCluster     of another cluster name
 * @param otherVersion     of another protocol version
 * @param otherReceiver    meant for another party, or another start of this one (a recycled port)
 * @param malformed        that only pretended to be ours; also messages whose content makes no sense
 * @param stale            of a link number that is over
 * @param beyondWindow     too far ahead to be kept
 * @param refusals         sentences sent to parties of another version
 * @param resets           'renew this link' sent
 * @param windowFull       messages not taken because the window was full
 * @param tooLarge         messages not taken because of their size
 * @param linksRefused     links not opened because the table was full
 * @param linksEvicted     idle links forgotten
 * @param links            links there are now
 */
public record LinkCounters(long sent, long data, long resent, long acksAlone, long received, long delivered, long duplicates, long foreign,
                           long otherCluster, long otherVersion, long otherReceiver, long malformed, long stale, long beyondWindow,
                           long refusals, long resets, long windowFull, long tooLarge, long linksRefused, long linksEvicted, int links) { }
