package org.gavel.desktop.feed;

import java.util.List;
import org.gavel.protocol.identity.Address;
import org.gavel.protocol.identity.Uid;

/**
 * Which cluster to look at, and who looks.
 *
 * @param cluster its name
 * @param port    UDP port of its discovery
 * @param bind    loopback, lan, a card's name, or an address of this machine
 * @param peers   nodes to ask directly
 * @param bidder  lasting identity of the person at the window
 * @param name    that person's name as others see it
 */
public record FeedSettings(String cluster, int port, String bind, List<Address> peers, Uid bidder, String name) {
    public FeedSettings {
        peers = List.copyOf(peers);
    }

    public FeedSettings withPort(int newPort) {
        return new FeedSettings(cluster, newPort, bind, peers, bidder, name);
    }

    public FeedSettings withCluster(String newCluster) {
        return new FeedSettings(newCluster, port, bind, peers, bidder, name);
    }

    public FeedSettings withBind(String newBind) {
        return new FeedSettings(cluster, port, newBind, peers, bidder, name);
    }

    public FeedSettings withBidder(Uid newBidder, String newName) {
        return new FeedSettings(cluster, port, bind, peers, newBidder, newName);
    }
}
