/**
 * The Timeline screen: the event log, and the space-time diagram with messages as arrows.
 * <p>Source: desktop.md ('Timeline'); Lamport, 'Time, clocks, and the ordering of events' (1978), for what happened before what; Fidge (1988) and Mattern (1989) for the vector clocks
 * of the ShiViz export. {@code TimelineModel}, {@code HappenedBefore} and {@code ShiVizLog} know no control.
 * <p>Limits: {@code TimelineModel.ENTRIES_MAX}, {@code TimelineModel.SHOWN_MAX}. Tested in {@code TimelineModelTest}, {@code HappenedBeforeTest}, {@code TimelineScreenTest}.
 */
package org.gavel.desktop.timeline;
