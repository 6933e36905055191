package org.gavel.protocol.link;

/**
 * The numbers of the link layer, each with its default in {@link #DEFAULTS}.
 *
 * @param windowMessagesMax    queued and unacknowledged messages to one peer
 * @param windowBytesMax       their bytes; a single message is always taken when nothing else waits
 * @param datagramsInFlightMax unacknowledged datagrams to one peer: at most 64, the bits of an acknowledgement
 * @param datagramsInFlightMin floor of the same after loss
 * @param linksMax             links of one party
 * @param linkIdleMs           a link without traffic for so long, and with nothing unacknowledged, may be forgotten to make room
 * @param ackDelayMs           longest wait for data that an acknowledgement could ride along with
 * @param ackEveryDatagrams    acknowledged at once after so many
 * @param resendMinMs          floor of the resend timer (RFC 6298 says 1 s: this is a LAN)
 * @param resendMaxMs          ceiling of the same
 * @param resendInitialMs      before a round trip was measured
 * @param sampleLastsMs        how long a measured round trip is believed, where somebody's life depends on it
 * @param announceMs           silence after which a sender with something unacknowledged announces its highest number
 * @param unacknowledgedMs     no acknowledgement for so long is reported, and again each time
 * @param refusalEveryMs       at most one refusal of another version's datagrams in this time
 */
public record LinkSettings(int windowMessagesMax, int windowBytesMax, int datagramsInFlightMax, int datagramsInFlightMin, int linksMax,
                           long linkIdleMs, long ackDelayMs, int ackEveryDatagrams, long resendMinMs, long resendMaxMs,
                           long resendInitialMs, long sampleLastsMs, long announceMs, long unacknowledgedMs, long refusalEveryMs) {
    public static final LinkSettings DEFAULTS =
            new LinkSettings(1024, 4 << 20, 64, 16, 20_000, 60_000, 20, 8, 30, 1000, 100, 10_000, 500, 5000, 100);

    public LinkSettings {
        if (datagramsInFlightMax < 1 || datagramsInFlightMax > 64 || datagramsInFlightMin < 1 || datagramsInFlightMin > datagramsInFlightMax) {
            throw new IllegalArgumentException("between 1 and 64 datagrams can be in flight");
        }
    }

    public LinkSettings withLinksMax(int links) {
        return new LinkSettings(windowMessagesMax, windowBytesMax, datagramsInFlightMax, datagramsInFlightMin, links, linkIdleMs, ackDelayMs,
                ackEveryDatagrams, resendMinMs, resendMaxMs, resendInitialMs, sampleLastsMs, announceMs, unacknowledgedMs, refusalEveryMs);
    }

    public LinkSettings withWindowMessagesMax(int messages) {
        return new LinkSettings(messages, windowBytesMax, datagramsInFlightMax, datagramsInFlightMin, linksMax, linkIdleMs, ackDelayMs,
                ackEveryDatagrams, resendMinMs, resendMaxMs, resendInitialMs, sampleLastsMs, announceMs, unacknowledgedMs, refusalEveryMs);
    }
}
