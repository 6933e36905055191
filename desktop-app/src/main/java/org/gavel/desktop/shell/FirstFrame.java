package org.gavel.desktop.shell;

import javafx.animation.AnimationTimer;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableValue;
import javafx.stage.Stage;

/** Tells when a window can be seen, so that whatever takes the processor's time begins after that. */
final class FirstFrame extends AnimationTimer implements ChangeListener<Boolean> {
    /** What the first pulse lays out is drawn before the third. */
    private static final int PULSES = 3;

    private final Runnable seen;
    private int pulses;

    private FirstFrame(Runnable seen) {
        this.seen = seen;
    }

    /** @param seen runs once, on the FX thread */
    static void of(Stage stage, Runnable seen) {
        stage.showingProperty().addListener(new FirstFrame(seen));
    }

    @Override
    public void changed(ObservableValue<? extends Boolean> showing, Boolean before, Boolean now) {
        if (now) {
            showing.removeListener(this);
            start();
        }
    }

    @Override
    public void handle(long pulseNs) {
        if (++pulses == PULSES) {
            stop();
            seen.run();
        }
    }
}
