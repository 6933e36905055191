/**
 * Where the window's pictures come from. Purpose: one interface, {@link org.gavel.desktop.feed.ClusterFeed}, in front of a live, a simulated
 * and a replayed cluster, so that nothing above knows which it is.
 * <p>Source: protocol.md section 11. Messages: those of {@code org.gavel.protocol.monitor} and {@code org.gavel.protocol.client}.
 * <p>Invariants: the newest status per node, a bounded batch of events, everything dropped is counted; times are the feed's own clock;
 * nothing here knows the toolkit.
 * <p>Limits: {@code FeedBuffer.EVENTS_MAX}, {@code FeedBuffer.NODES_MAX}, {@code LocalNodes.NODES_MAX}.
 * <p>Tested in {@code FeedBufferTest} and {@code LiveClusterTest}.
 */
package org.gavel.desktop.feed;
