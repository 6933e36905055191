package org.gavel.node.simulation.campaign;

/**
 * One fault of a plan.
 *
 * @param number  in the plan, from 1: how the command line names it
 * @param atMs    simulated
 * @param seed    of its own draws, so that leaving out another changes nothing in it
 */
record PlannedFault(int number, long atMs, FaultKind kind, long seed) { }
