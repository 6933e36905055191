package org.gavel.desktop.cluster;

/**
 * Where things are on the circle, in pixels: the first place is at the top, the others follow clockwise. Pure arithmetic.
 */
final class RingLayout {
    /** Up to so many nodes have level labels beside them; more have labels that stand like rays, so that no name is hidden. */
    static final int LEVEL_LABELS_MAX = 12;
    private static final double NODE_RADIUS_EM = 2;
    private static final double NODE_RADIUS_MIN = 5;
    private static final double LEVEL_LABEL_WIDTH_EM = 8.2;
    private static final double LEVEL_LABEL_HEIGHT_EM = 4;
    private static final double RAY_LABEL_EM = 5.6;
    /** With less height than this for each node at one side of the circle, duties and logs would write over the next name: names stand alone. */
    private static final double BRIEF_BELOW_EM = 2.5;
    private static final double BRIEF_LABEL_WIDTH_EM = 5;
    private static final double BRIEF_LABEL_HEIGHT_EM = 1.6;
    private static final double NAME_WIDTH_EM = 10;
    private static final double RADIUS_MIN = 60;
    /** A figure with the heartbeat ring round it, in radii of its core. */
    private static final double FIGURE = 1.25;
    private static final double GAP = 8;
    private static final double EDGE = 2;
    /** Cosines within which a node counts as at the top or the bottom. */
    private static final double UPRIGHT_MIN = 0.05;
    private static final double UPRIGHT_MAX = 0.3;
    /** Of the way from one node to the next, so much is theirs; the rest is the arrow's. */
    private static final double SHARE = 0.5;

    private final int count;
    private final double em;
    private final double centreX;
    private final double centreY;
    private final double radius;
    private final double nodeRadius;
    private final boolean level;
    private final boolean brief;

    /** @param em the font's size */
    RingLayout(int count, double width, double height, double em) {
        this.count = Math.max(1, count);
        this.em = em;
        level = count <= LEVEL_LABELS_MAX;
        double largest = NODE_RADIUS_EM * em;
        double whole = level ? fittingRadius(width / 2 - LEVEL_LABEL_WIDTH_EM * em, height / 2 - LEVEL_LABEL_HEIGHT_EM * em, largest)
            : fittingRadius(width / 2 - RAY_LABEL_EM * em, height / 2 - RAY_LABEL_EM * em, largest);
        brief = level && 4 * whole / this.count < BRIEF_BELOW_EM * em;
        radius = brief ? fittingRadius(width / 2 - BRIEF_LABEL_WIDTH_EM * em, height / 2 - BRIEF_LABEL_HEIGHT_EM * em, largest) : whole;
        nodeRadius = fitting(largest, radius, this.count);
        centreX = width / 2;
        centreY = height / 2;
    }

    /** The figures' size depends on the circle's, and that on theirs: once round is near enough. */
    private double fittingRadius(double freeX, double freeY, double largest) {
        double free = Math.min(freeX, freeY);
        return Math.max(RADIUS_MIN, free - GAP - FIGURE * fitting(largest, free - GAP, count));
    }

    private static double fitting(double largest, double onRadius, int nodes) {
        return Math.max(NODE_RADIUS_MIN, Math.min(largest, Math.PI * onRadius / nodes * SHARE));
    }

    /** From a node's centre to its label. */
    double labelGap() {
        return nodeRadius * FIGURE + GAP;
    }

    /** Radians, clockwise from the right, as on a screen whose y grows downwards. */
    double angle(double place) {
        return -Math.PI / 2 + 2 * Math.PI * place / count;
    }

    /** At the top or the bottom with nobody beside: its label stands in the middle above or below it; two side by side would write over each other. */
    boolean isAlone(double angle) {
        return Math.abs(Math.cos(angle)) < Math.max(UPRIGHT_MIN, Math.min(UPRIGHT_MAX, Math.sin(Math.PI / count) * 0.9));
    }

    double x(double angle, double atRadius) {
        return centreX + atRadius * Math.cos(angle);
    }

    double y(double angle, double atRadius) {
        return centreY + atRadius * Math.sin(angle);
    }

    double centreX() {
        return centreX;
    }

    double centreY() {
        return centreY;
    }

    double radius() {
        return radius;
    }

    double nodeRadius() {
        return nodeRadius;
    }

    boolean levelLabels() {
        return level;
    }

    /** There is room for names alone; everything else is in the inspector and in the tip. */
    boolean isBrief() {
        return brief;
    }

    /** Beyond which a name ends in dots: it stays within the picture, also beside the outermost node. */
    double nameWidth(double angle) {
        double most = (brief ? BRIEF_LABEL_WIDTH_EM : NAME_WIDTH_EM) * em;
        boolean beside = level && !isAlone(angle);
        return beside ? Math.min(most, centreX - Math.abs(Math.cos(angle)) * radius - labelGap() - EDGE) : most;
    }

    int count() {
        return count;
    }

    /** Half of the angle that a node's figure and its heartbeat ring take, seen from the centre; arrows begin and end there. */
    double halfAngle() {
        return 2 * Math.asin(Math.min(1, (nodeRadius * 1.5 + 3) / (2 * radius)));
    }

    /** How far it is clockwise from one place to another: 0 to count, exclusive. */
    double clockwise(int from, int to) {
        return Math.floorMod(to - from, count);
    }
}
