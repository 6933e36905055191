/**
 * The JavaFX window. Purpose: show the ring, the leaders and the heartbeats of a cluster, and let people start
 * auctions and bid. It will be built on {@code org.gavel.protocol.client.AuctionClient} and the monitor feed and
 * talk to the nodes in no other way.
 */
package org.gavel.desktop;
