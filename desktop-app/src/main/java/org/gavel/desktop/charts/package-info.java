/**
 * The Charts screen: bids a second, round trip, resends and heartbeat age. {@code ChartsModel} samples once a second of the feed's clock and knows no control.
 * <p>Source: desktop.md ('Charts'). Limits: {@code TimeSeries.FINE_MAX} and {@code COARSE_MAX} points a figure, whatever time passes. What nobody has said is no point: while nobody is heard nothing is drawn, and what had been counted before is no work of the first second. Tested in {@code ChartsModelTest}.
 */
package org.gavel.desktop.charts;
