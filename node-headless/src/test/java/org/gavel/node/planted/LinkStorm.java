package org.gavel.node.planted;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.gavel.protocol.host.simulation.Faults;
import org.gavel.protocol.host.simulation.SimulatedNetwork;

/**
 * The campaign against links and multicast alone (protocol.md sections 2 and 3): members of one group say things to all and to each other, short and long ones,
 * over a network that loses, doubles and overtakes; one after the other dies in the midst of a multicast.
 */
final class LinkStorm {
    private static final int MEMBERS = 5;
    private static final int SURVIVORS = 2;
    private static final int STEPS = 40;
    private static final long QUIET_MS = 20_000;

    private final SimulatedNetwork network;
    private final SplittableRandom random;
    private final List<LinkStormMember> everyone = new ArrayList<>();
    private final List<LinkStormMember> living = new ArrayList<>();
    private long view = 1;

    private LinkStorm(long seed) {
        network = new SimulatedNetwork(seed);
        network.keepTraces(0);
        random = new SplittableRandom(seed);
        for (int i = 1; i <= MEMBERS; i++) {
            everyone.add(new LinkStormMember(network.newHost("m" + i), i));
        }
        living.addAll(everyone);
    }

    /** @return null if all invariants held; else the broken one's name, the simulated time in ms and the sentence */
    static String[] run(long seed) {
        LinkStorm storm = new LinkStorm(seed);
        try {
            storm.play();
            return null;
        } catch (Broken broken) {
            return new String[] {broken.invariant, Long.toString((long) storm.network.nowMs()), broken.getMessage()};
        } catch (RuntimeException e) {
            return new String[] {"no-exception", Long.toString((long) storm.network.nowMs()), e.toString()};
        }
    }

    private void play() {
        living.forEach(m -> m.install(view, living));
        network.run(5);
        network.faults(Faults.NONE.withLoss(random.nextInt(25)).withDuplicates(random.nextInt(15)).withReordering(random.nextInt(25)));
        while (living.size() > SURVIVORS) {
            for (int i = 0; i < STEPS; i++) {
                LinkStormMember speaker = pick();
                if (random.nextBoolean()) {
                    speaker.sayToAll();
                } else {
                    speaker.sayTo(pick(), random.nextInt(4) == 0 ? random.nextInt(6_000) : random.nextInt(300));
                }
                network.run(random.nextInt(20) == 0 ? 700 : random.nextInt(12));
            }
            oneDies();
        }
        lastWords();
        network.faults(Faults.NONE);
        network.run(QUIET_MS);
        judge();
    }

    /** Once the multicasts are stable nothing else is sent: a lost last message shows only if the link looks after it. */
    private void lastWords() {
        network.run(QUIET_MS);
        for (int i = 0; i < STEPS; i++) {
            pick().sayTo(pick(), random.nextInt(300));
        }
        network.run(1);
    }

    private LinkStormMember pick() {
        return living.get(random.nextInt(living.size()));
    }

    private void oneDies() {
        LinkStormMember dead = living.remove(random.nextInt(living.size()));
        dead.sayToAll();
        dead.sayToAll();
        network.run(random.nextInt(2));
        dead.end();
        view++;
        for (LinkStormMember m : living) {
            network.run(random.nextInt(40));
            m.flush(dead);
            m.install(view, living);
        }
    }

    private void judge() {
        for (LinkStormMember origin : everyone) {
            List<Long> expected = living.get(0).heardFrom(origin);
            for (LinkStormMember m : living) {
                if (!m.heardFrom(origin).equals(expected)) {
                    throw new Broken("agreement", m + " delivered " + m.heardFrom(origin).size() + " of " + origin + "'s multicasts, " + living.get(0) + " "
                        + expected.size());
                }
            }
        }
        for (LinkStormMember m : living) {
            for (LinkStormMember to : living) {
                if (m.saidTo(to) != to.toldBy(m)) {
                    throw new Broken("every-message-arrives", m + " sent " + m.saidTo(to) + " messages to " + to + ", which got " + to.toldBy(m));
                }
            }
        }
    }

    /** An invariant does not hold. */
    static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final String invariant;

        Broken(String invariant, String sentence) {
            super(invariant + ": " + sentence);
            this.invariant = invariant;
        }
    }
}
