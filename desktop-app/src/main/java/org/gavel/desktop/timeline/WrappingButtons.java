package org.gavel.desktop.timeline;

import javafx.scene.Node;
import javafx.scene.layout.FlowPane;

/** Buttons that want to stand in one row, and wrap where there is less room. A flow pane of its own wants a width that is said once and for all, whatever stands in it. */
final class WrappingButtons extends FlowPane {
    WrappingButtons(Node... buttons) {
        super(buttons);
    }

    @Override
    protected double computePrefWidth(double forHeight) {
        double width = getInsets().getLeft() + getInsets().getRight() + getHgap() * Math.max(0, getChildren().size() - 1);
        for (Node button : getChildren()) {
            width += snapSizeX(button.prefWidth(-1));
        }
        return width;
    }
}
