package org.gavel.desktop.shell;

import javafx.scene.Parent;
import javafx.stage.Popup;
import javafx.stage.Stage;
import javafx.stage.Window;
import javafx.util.Duration;
import org.controlsfx.control.Notifications;
import org.controlsfx.control.action.Action;
import org.gavel.desktop.screen.Notice;

/** Messages in the corner of the window. */
final class Toasts {
    private static final Duration SHOWN = Duration.seconds(6);
    private static final int SHOWN_MAX = 4;

    private final Stage owner;

    Toasts(Stage owner) {
        this.owner = owner;
    }

    void show(Notice notice) {
        if (!owner.isShowing()) {
            return;
        }
        Notifications toast = Notifications.create().owner(owner).title(notice.title()).text(notice.sentence()).hideAfter(SHOWN)
            .threshold(SHOWN_MAX, Notifications.create().owner(owner).title("Several messages"));
        if (notice.action() != null) {
            toast.action(new Action(notice.actionWord(), event -> notice.action().run()));
        }
        if (notice.warning()) {
            toast.showWarning();
        } else {
            toast.showInformation();
        }
        Window.getWindows().stream().filter(window -> window instanceof Popup popup && popup.getOwnerWindow() == owner).forEach(Toasts::leaveTheKeyboardAlone);
    }

    /** A popup hears keys before its owner does: with the focus on its button it would swallow what is typed, and a stray Space would bid again. */
    private static void leaveTheKeyboardAlone(Window popup) {
        Parent root = popup.getScene().getRoot();
        root.lookupAll(".button").forEach(button -> button.setFocusTraversable(false));
        root.requestFocus();
    }
}
