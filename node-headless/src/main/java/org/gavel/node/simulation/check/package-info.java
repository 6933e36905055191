/**
 * What must always be true of a simulated world. Purpose: protocol.md section 13, checked after every step by whoever touched anything in it.
 * <p>Source: protocol.md sections 6, 12 and 13. Messages: none.
 * <p>The map: {@code Invariants} looks at every node that ran and feeds {@code CommittedLogs} (what was committed, by whomever, for ever), which feed the
 * models: {@code AuctionModel} and {@code CatalogueModel} know the rules once more, independently of the production's classes. {@code ClientStreams} judges
 * what clients are told, {@code MulticastCheck} the verdicts' multicast, {@code LeaderCheck}, {@code LimitCheck} and {@code ElectionCost} the rest; {@code Healing} is the 'eventually' part.
 * <p>Invariants: a check changes nothing and sends nothing. States: none.
 * <p>Limits: memory for every committed entry of a run. Tested in {@code AuctionModelTest}, {@code CatalogueModelTest}, {@code LapseCheckTest}, {@code MulticastCheckTest} and {@code WrongWorldsTest},
 * each fed with what must not be, and by {@code PlantedBugCampaignTest}, whose bugs they have to catch.
 */
package org.gavel.node.simulation.check;
