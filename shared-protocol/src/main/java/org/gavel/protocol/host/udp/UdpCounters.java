package org.gavel.protocol.host.udp;

/**
 * What a {@link UdpHost} sent and received since its start.
 *
 * @param sent          datagrams handed to the kernel
 * @param sentBytes     their payload
 * @param received      datagrams delivered to the receiver
 * @param receivedBytes their payload
 * @param sendFailures  datagrams that the kernel refused (no buffer, no route, not permitted): lost
 * @param foreign       broadcasts dropped because they came from another network than the one bound to
 * @param isolated      datagrams dropped, both ways, by an isolation
 * @param crashHints    'port unreachable' reports
 * @param notWatched    peers that could not be watched: too many, or not on this system
 */
public record UdpCounters(long sent, long sentBytes, long received, long receivedBytes, long sendFailures, long foreign, long isolated,
                          long crashHints, long notWatched) { }
