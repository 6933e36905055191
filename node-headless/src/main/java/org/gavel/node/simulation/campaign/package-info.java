/**
 * The campaign of protocol.md section 13: seeds, faults, verdicts. Purpose: {@code simulate} runs thousands of clusters, each with its own mix of faults, and
 * makes of a failure something that can be looked at.
 * <p>Source: FoundationDB's simulation testing (swizzle), TigerBeetle's simulator (VOPR), Zeller and Hildebrandt's delta debugging for the shrinker.
 * <p>The map: {@code RunSpec} says what to run, {@code Plan} draws the faults from the seed, {@code Run} plays it: {@code FaultDriver} injects,
 * {@code Tolerance} forbids what protocol.md says cannot be survived, {@code Customers} buy and sell, {@code Healing} and {@code RunHistory} judge the end, {@code Coverage} counts
 * what was really met. {@code Shrinker} makes a failure small, {@code Campaign} runs many.
 * <p>Messages and states: none of its own. Invariants: a run depends on its {@code RunSpec} alone; a fault left out changes no other fault's draws.
 * <p>Limits: {@code Campaign.JOBS_MAX} threads, one world each. Tested in {@code SimulationSeedsTest}, and its parts in {@code CampaignTest},
 * {@code ShrinkerTest}, {@code RunHistoryTest} and {@code SimulateCommandTest}.
 */
package org.gavel.node.simulation.campaign;
