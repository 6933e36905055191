package org.gavel.desktop.charts;

import java.util.ArrayList;
import java.util.List;

/** A figure over time in bounded memory: the last minutes second by second; of what is older ever fewer points, each the mean of those it stands for. */
final class TimeSeries {
    /** Points second by second: five minutes. */
    static final int FINE_MAX = 300;
    /** Points of everything older; when they are full each two become one. */
    static final int COARSE_MAX = 600;

    /** One point. */
    record Point(long atMs, double value) { }

    private final List<Point> fine = new ArrayList<>();
    private final List<Point> coarse = new ArrayList<>();
    /** Seconds that one coarse point stands for. */
    private int perPoint = 1;
    private double sum;
    private int summed;

    void add(long atMs, double value) {
        if (fine.size() >= FINE_MAX) {
            Point oldest = fine.remove(0);
            sum += oldest.value();
            if (++summed >= perPoint) {
                coarse.add(new Point(oldest.atMs(), sum / summed));
                sum = 0;
                summed = 0;
            }
        }
        fine.add(new Point(atMs, value));
        if (coarse.size() >= COARSE_MAX) {
            halve();
        }
    }

    private void halve() {
        List<Point> halved = new ArrayList<>(COARSE_MAX / 2);
        for (int i = 0; i + 1 < coarse.size(); i += 2) {
            halved.add(new Point(coarse.get(i + 1).atMs(), (coarse.get(i).value() + coarse.get(i + 1).value()) / 2));
        }
        coarse.clear();
        coarse.addAll(halved);
        perPoint *= 2;
    }

    /** Points at or after this time, the oldest first. */
    List<Point> since(long atMs) {
        List<Point> points = new ArrayList<>();
        coarse.stream().filter(point -> point.atMs() >= atMs).forEach(points::add);
        fine.stream().filter(point -> point.atMs() >= atMs).forEach(points::add);
        return points;
    }

    int size() {
        return fine.size() + coarse.size();
    }

    void clear() {
        fine.clear();
        coarse.clear();
        perPoint = 1;
        sum = 0;
        summed = 0;
    }
}
