/**
 * The real machine. Purpose: {@link org.gavel.protocol.host.Host} on one thread, one NIO selector, the real clock and IPv4 UDP.
 * <p>Source: architecture.md, 'Facts measured', Broadcast and Crash hint; protocol.md section 5.
 * <p>Sockets: one unicast channel on a port of its own, which all others answer to; the discovery channel, shared by every process of the machine;
 * and, for each watched peer, a connected channel on the unicast port, because only a connected one hears that the peer's port is unreachable. The
 * kernel gives a datagram to the connected channel of its sender, if there is one, else to the unicast channel (verified on Linux 6; elsewhere a
 * peer that cannot be watched gives no hints, nothing else changes).
 * <p>A pass: select; read every ready channel until empty or {@code DATAGRAMS_PER_CHANNEL_MAX}; crash hints; tasks posted by other threads; due
 * timers; then the end of the pass in its ranks. A paused host does none of it and hears afterwards what its sockets kept.
 * <p>Invariants: an I/O error on a send is a lost datagram, counted; an I/O error on a receive never ends the loop; a callback that throws is
 * reported to the failure sink and the loop goes on, unless it is an {@link java.lang.Error}.
 * <p>Limits: {@code DATAGRAM_BYTES_MAX}, {@code DATAGRAMS_PER_CHANNEL_MAX}, {@code WATCHED_MAX}, {@code POSTED_MAX}, {@code ADDRESSES_MAX},
 * {@code SOCKET_BUFFER_BYTES}. What arrives between bind and connect of a watched peer's channel (some 20 us) the kernel may give to that channel,
 * and {@code connect} discards it, the peer's own datagrams above all: a loss that links repair, once per watch. Measured with 125,000 datagrams a
 * second from strangers: 0.1 lost per watch. (Binding that channel to the wildcard address first loses far more.)
 * <p>Tested in {@code UdpHostTest}, {@code BindAddressTest}, {@code LocalProcessTest}.
 */
package org.gavel.protocol.host.udp;
