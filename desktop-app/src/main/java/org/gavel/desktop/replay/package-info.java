/**
 * Recordings: what the window has heard, exported as JSON lines and replayed. Purpose: {@link org.gavel.desktop.replay.Recorder} keeps it,
 * {@link org.gavel.desktop.replay.ReplayFeed} plays it: scrub, play, step back.
 * <p>Format: see {@code TraceFile}; statuses and events as {@code protocol.monitor.MonitorJson} writes them. Invariants: a replay changes nothing and asks nobody; a jump back is
 * the same as playing from the beginning up to there.
 * <p>Limits: {@code Recorder.MOMENTS_MAX}, {@code TraceFile.LINES_MAX}. Tested in {@code ReplayFeedTest}.
 */
package org.gavel.desktop.replay;
