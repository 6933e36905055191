/**
 * The JavaFX window. Purpose: show the ring, the leaders and the heartbeats of a cluster, and let people start auctions and bid. It is built on
 * {@code org.gavel.protocol.client.AuctionClient} and the monitor feed and talks to the nodes in no other way.
 * <p>Rooms, in the order of their imports: {@code feed} (where pictures come from), {@code model} (what is shown, without a toolkit),
 * {@code screen} (what window and screens agree on), one room a screen, {@code shell} (the window around them).
 */
package org.gavel.desktop;
