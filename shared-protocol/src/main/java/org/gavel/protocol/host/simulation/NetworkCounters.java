package org.gavel.protocol.host.simulation;

/**
 * What the simulated network has done to datagrams since its begin.
 *
 * @param arrived    handed to a living host
 * @param lost       by chance
 * @param duplicated arrived twice
 * @param overtaken  held back so that later ones may overtake
 * @param cut        on a route that was cut, or to or from an isolated host
 * @param clogged    delayed by a clog
 * @param hints      true crash hints delivered
 * @param falseHints forged ones delivered
 */
public record NetworkCounters(long arrived, long lost, long duplicated, long overtaken, long cut, long clogged, long hints, long falseHints) { }
