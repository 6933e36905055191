package org.gavel.desktop.shell;

import javafx.animation.PauseTransition;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.gavel.desktop.screen.Ids;
import org.gavel.desktop.screen.Notice;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * Messages in the lower left corner of the screen in front, the newest below: the lower right one is the bid ticket's. They are part of the window's own
 * scene, and so have its theme and its font; a popup hears keys before its owner does, and would swallow what is typed. Nothing of theirs takes the focus.
 */
final class Toasts extends VBox {
    /** Messages seen at once; beyond, the oldest gives way. */
    static final int SHOWN_MAX = 4;
    private static final Duration SHOWN = Duration.seconds(6);
    /** Whoever is offered to do something needs the time to get there. */
    private static final Duration SHOWN_WITH_ACTION = Duration.seconds(12);

    Toasts() {
        super();
        setId(Ids.TOASTS);
        getStyleClass().add("toasts");
        setAlignment(Pos.BOTTOM_LEFT);
        setMinSize(0, 0);
        setMaxSize(USE_PREF_SIZE, USE_PREF_SIZE);
        setPickOnBounds(false);
    }

    void show(Notice notice) {
        if (getChildren().size() >= SHOWN_MAX) {
            getChildren().remove(0);
        }
        HBox toast = new HBox();
        FontIcon icon = new FontIcon(notice.warning() ? Feather.ALERT_TRIANGLE : Feather.INFO);
        toast.getChildren().addAll(icon, words(notice));
        if (notice.action() != null) {
            toast.getChildren().add(button(notice.actionWord(), notice.actionWord() + ": " + notice.title(), () -> {
                getChildren().remove(toast);
                notice.action().run();
            }));
        }
        Button close = button("", "Close this message", () -> getChildren().remove(toast));
        close.setGraphic(new FontIcon(Feather.X));
        close.getStyleClass().addAll("flat", "toast-close");
        toast.getChildren().add(close);
        toast.getStyleClass().addAll("toast", notice.warning() ? "warning" : "news");
        toast.setAlignment(Pos.CENTER_LEFT);
        toast.setAccessibleRole(AccessibleRole.TEXT);
        toast.setAccessibleText(notice.title() + ". " + notice.sentence());
        getChildren().add(toast);
        goAfter(notice.action() == null ? SHOWN : SHOWN_WITH_ACTION, toast);
    }

    /** Under the mouse it stays. */
    private void goAfter(Duration time, Node toast) {
        PauseTransition wait = new PauseTransition(time);
        wait.setOnFinished(event -> getChildren().remove(toast));
        toast.setOnMouseEntered(event -> wait.stop());
        toast.setOnMouseExited(event -> wait.playFromStart());
        wait.play();
    }

    private static VBox words(Notice notice) {
        Label title = new Label(notice.title());
        title.getStyleClass().add("toast-title");
        Label sentence = new Label(notice.sentence());
        VBox words = new VBox(title, sentence);
        for (Label line : new Label[] {title, sentence}) {
            line.setWrapText(true);
            line.setMinHeight(Region.USE_PREF_SIZE);
        }
        HBox.setHgrow(words, Priority.ALWAYS);
        return words;
    }

    private static Button button(String word, String sentence, Runnable action) {
        Button button = new Button(word);
        button.setAccessibleText(sentence);
        button.setFocusTraversable(false);
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setOnAction(event -> action.run());
        return button;
    }
}
