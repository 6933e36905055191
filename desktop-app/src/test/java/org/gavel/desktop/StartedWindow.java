package org.gavel.desktop;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.layout.Pane;
import javafx.stage.Window;
import org.gavel.desktop.screen.Ids;

/** The program that {@link WindowStartMeasurement} starts: the real one, with a bystander on its FX thread who says on standard output what is on the screen. */
final class StartedWindow {
    private static final int DEMO_NODES = 7;

    private record Sight(String word, Predicate<Scene> isThere) { }

    private StartedWindow() { }

    public static void main(String[] args) {
        if (SmallMemory.isToBeBounded()) {
            System.exit(SmallMemory.startAgain(StartedWindow.class, List.of(args)));
        }
        GavelDesktop.main(args);
        // Behind the program's own first task there, which shows the window.
        Platform.runLater(() -> new Bystander(Window.getWindows().get(0).getScene()).start());
    }

    /** What a pulse lays out is on the screen for certain two pulses later. */
    private static final class Bystander extends AnimationTimer {
        private final Scene scene;
        private final Deque<Sight> awaited = new ArrayDeque<>(List.of(new Sight("shown", StartedWindow::hasContent),
            new Sight("first-node", s -> !s.getRoot().lookupAll(".node-figure").isEmpty()),
            new Sight("all-nodes", s -> ((Label) s.lookup("#" + Ids.ALIVE_COUNT)).getText().equals(DEMO_NODES + " of " + DEMO_NODES + " alive"))));
        private int pulsesSince = -1;

        private Bystander(Scene scene) {
            this.scene = scene;
        }

        @Override
        public void handle(long pulseNs) {
            if (pulsesSince < 0) {
                pulsesSince = awaited.element().isThere().test(scene) ? 0 : -1;
            } else if (++pulsesSince == 2) {
                System.out.println(awaited.remove().word());
                System.out.flush();
                pulsesSince = -1;
            }
            if (awaited.isEmpty()) {
                stop();
            }
        }
    }

    /** The screen in front has its size, and says something. */
    private static boolean hasContent(Scene scene) {
        Pane area = (Pane) scene.lookup("#" + Ids.SCREEN_AREA);
        return area.getWidth() > 0 && area.lookupAll(".label").stream().anyMatch(node -> node instanceof Label label && label.getWidth() > 0 && !label.getText().isEmpty());
    }
}
