/**
 * Proof that the proof works. Purpose: a campaign that finds nothing proves nothing unless it would have found something; so mistakes that somebody could have
 * made are planted, and every one must be caught.
 * <p>Source: protocol.md sections 7 (the variants that break), 13 and 14; mutation testing (DeMillo, Lipton and Sayward 1978).
 * <p>The map: a {@code PlantedBug} is a patch of production sources; {@code PatchedClasses} compiles it in memory and defines all of Gavel anew around it;
 * {@code Trial} runs one seed of a campaign in there; {@code Hunt} goes from seed to seed, {@code Control} runs the same without a bug; {@code PlantedBugTable} is the table of docs/PLANTED-BUGS.md.
 * <p>Messages and states: none of its own.
 * <p>Invariants: nothing in production knows of planted bugs; a patch whose lines are gone fails the test by name, so the table stays true.
 * <p>Limits: two threads. Tested by itself: {@code PlantedBugCampaignTest}.
 */
package org.gavel.node.planted;
