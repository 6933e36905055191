/**
 * What a watcher sees. Purpose: show a cluster's inside to people, without ever slowing it.
 * <p>Source: protocol.md section 11. Messages: Subscribe, Status, Traces.
 * <p>Invariants: a status is always the newest; events are dropped, and counted, before anything else waits.
 * <p>Limits: {@code Watchers.WATCHERS_MAX}, {@code EVENTS_MAX}, {@code LEASE_MS_MAX}. Tested in {@code WatchersTest}.
 * <p>{@link org.gavel.protocol.monitor.TraceEvent} alone is also known below, to {@code Host}: every protocol traces.
 */
package org.gavel.protocol.monitor;
