package org.gavel.protocol.host.udp;

import java.util.List;
import java.util.function.Consumer;
import org.gavel.protocol.identity.Address;
import org.gavel.protocol.monitor.TraceEvent;

/**
 * How a {@link UdpHost} meets its network.
 *
 * @param bind            where it receives
 * @param discoveryPort   port of all broadcasts, 1..65535
 * @param unicastPort     its own port; 0 takes a free one
 * @param peers           addresses that are sent every broadcast as well
 * @param crashHints      whether watching a peer does anything
 * @param listenDiscovery whether it hears broadcasts; a client that is only answered need not
 * @param daemon          whether its thread lets the program end
 * @param traceSink       gets every trace, on the host's thread; null: nothing is traced
 * @param onFailure       gets what a callback threw, on the host's thread
 */
public record UdpHostSettings(BindAddress bind, int discoveryPort, int unicastPort, List<Address> peers, boolean crashHints,
                              boolean listenDiscovery, boolean daemon, Consumer<TraceEvent> traceSink, Consumer<Throwable> onFailure) {
    public static final int DISCOVERY_PORT = 45_454;

    public UdpHostSettings {
        peers = List.copyOf(peers);
        if (discoveryPort < 1 || discoveryPort > 65_535 || unicastPort < 0 || unicastPort > 65_535) {
            throw new IllegalArgumentException("a port is a number from 1 to 65535");
        }
        if (unicastPort == discoveryPort) {
            throw new IllegalArgumentException("port " + unicastPort + " is the discovery port, which all nodes share; a node's own must differ");
        }
    }

    /** A free port, no seeds, hints on, listening; failures reach the thread's uncaught-exception handler. */
    public static UdpHostSettings of(BindAddress bind, int discoveryPort) {
        return new UdpHostSettings(bind, discoveryPort, 0, List.of(), true, true, false, null, UdpHostSettings::tellUncaught);
    }

    private static void tellUncaught(Throwable failure) {
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
    }

    public UdpHostSettings withUnicastPort(int port) {
        return new UdpHostSettings(bind, discoveryPort, port, peers, crashHints, listenDiscovery, daemon, traceSink, onFailure);
    }

    public UdpHostSettings withPeers(List<Address> seeds) {
        return new UdpHostSettings(bind, discoveryPort, unicastPort, seeds, crashHints, listenDiscovery, daemon, traceSink, onFailure);
    }

    public UdpHostSettings withCrashHints(boolean hints) {
        return new UdpHostSettings(bind, discoveryPort, unicastPort, peers, hints, listenDiscovery, daemon, traceSink, onFailure);
    }

    public UdpHostSettings withListenDiscovery(boolean listen) {
        return new UdpHostSettings(bind, discoveryPort, unicastPort, peers, crashHints, listen, daemon, traceSink, onFailure);
    }

    public UdpHostSettings withDaemon(boolean isDaemon) {
        return new UdpHostSettings(bind, discoveryPort, unicastPort, peers, crashHints, listenDiscovery, isDaemon, traceSink, onFailure);
    }

    public UdpHostSettings withTraceSink(Consumer<TraceEvent> sink) {
        return new UdpHostSettings(bind, discoveryPort, unicastPort, peers, crashHints, listenDiscovery, daemon, sink, onFailure);
    }

    public UdpHostSettings withOnFailure(Consumer<Throwable> sink) {
        return new UdpHostSettings(bind, discoveryPort, unicastPort, peers, crashHints, listenDiscovery, daemon, traceSink, sink);
    }
}
