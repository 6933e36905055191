package org.gavel.desktop.screen;

import javafx.scene.shape.SVGPath;

/** Shapes that no icon font has, drawn about the origin within 20 by 20 units. */
public final class Glyphs {
    public static final String CROWN = "M -10 -6 L -5 -1 L 0 -9 L 5 -1 L 10 -6 L 8 7 L -8 7 Z";
    public static final String GAVEL = "M -3 -9 L 5 -1 L 7 -3 L 9 -1 L 2 6 L 0 4 L 2 2 L -1 -1 L -8 6 L -10 4 L -3 -3 L -6 -6 L -8 -4 L -10 -6 L -3 -13 "
        + "L -1 -11 Z M -10 9 L 5 9 L 5 11 L -10 11 Z";

    private Glyphs() { }

    /** A filled shape of this style class. */
    public static SVGPath shape(String content, String styleClass) {
        SVGPath path = new SVGPath();
        path.setContent(content);
        path.getStyleClass().add(styleClass);
        return path;
    }
}
