package org.gavel.desktop.feed;

import java.util.Set;
import org.gavel.protocol.identity.Uid;

/** The dials of a simulated cluster. Every call may come from any thread and takes effect at once, between two instants of the simulation. */
public interface SimulationControls {
    /** Dials at one moment. */
    record Dials(boolean paused, double speed, double lossPercent, long delayMs, boolean cut, double crashesPerMinute) { }

    Dials dials();

    /** Stands still, or goes on. */
    void paused(boolean still);

    /** One more event, then still. */
    void step();

    /** @param factor simulated seconds a second: {@link SimulatedFeed#SPEED_MIN} to {@link SimulatedFeed#SPEED_MAX} */
    void speed(double factor);

    /** @param percent of all datagrams that never arrive, 0 to 100 */
    void loss(double percent);

    /** @param ms longest way of a datagram, beyond a quiet LAN's */
    void delay(long ms);

    /** Nothing passes between these and all others, until {@link #heal}. */
    void cut(Set<Uid> side);

    void heal();

    /** @param perMinute of simulated time a node is killed at random, and started again ten seconds later; 0 for never */
    void crashes(double perMinute);
}
