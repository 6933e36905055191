package org.gavel.desktop.timeline;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Times of day with ms, as logs write them. */
final class Clock {
    private static final DateTimeFormatter OF_DAY = DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

    private Clock() { }

    static String ofDay(long wallClockMs) {
        return OF_DAY.format(Instant.ofEpochMilli(wallClockMs));
    }
}
