package org.gavel.desktop.shell;

import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.Spinner;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.gavel.desktop.screen.Screen;
import org.gavel.desktop.screen.ScreenId;

/** Keys that mean the same everywhere; all others go to the screen in front. Single letters are off while somebody types. */
final class Keys {
    /** What keys may ask of the window. */
    interface Window {
        Screen front();

        void open(ScreenId screen);

        void help();
    }

    private final Window window;
    private final Supplier<Node> focusOwner;
    /** The key pressed last was a command. */
    private boolean meant;

    private Keys(Window window, Supplier<Node> focusOwner) {
        this.window = window;
        this.focusOwner = focusOwner;
    }

    static void install(Scene scene, Window window) {
        Keys keys = new Keys(window, scene::getFocusOwner);
        scene.addEventFilter(KeyEvent.KEY_PRESSED, keys::onPressed);
        scene.addEventFilter(KeyEvent.KEY_TYPED, keys::onTyped);
        scene.addEventFilter(KeyEvent.KEY_RELEASED, event -> keys.meant = false);
    }

    private void onPressed(KeyEvent event) {
        meant = event.isShortcutDown() ? onShortcut(event) : event.getCode() == KeyCode.F1 ? helped() : !isTyping() && onPlain(event);
        if (meant) {
            event.consume();
        }
    }

    /** The letter of a key that meant something is not typed: B has moved the focus into the amount by now. */
    private void onTyped(KeyEvent event) {
        if (meant) {
            event.consume();
        }
    }

    private boolean onShortcut(KeyEvent event) {
        int number = event.getCode().ordinal() - KeyCode.DIGIT1.ordinal();
        if (number >= 0 && number < ScreenId.values().length) {
            window.open(ScreenId.values()[number]);
            return true;
        }
        if (event.getCode() == KeyCode.F) {
            window.front().focusFilter();
            return true;
        }
        return false;
    }

    private boolean onPlain(KeyEvent event) {
        if (event.isAltDown() || event.isMetaDown() || event.isControlDown()) {
            return false;
        }
        if (event.getText().equals("?")) {
            return helped();
        }
        boolean auctions = event.getCode() == KeyCode.B || event.getCode() == KeyCode.N;
        if (auctions && window.front().id() != ScreenId.AUCTIONS) {
            window.open(ScreenId.AUCTIONS);
        }
        return window.front().onKey(event) || auctions;
    }

    private boolean helped() {
        window.help();
        return true;
    }

    private boolean isTyping() {
        for (Node node = focusOwner.get(); node != null; node = node.getParent()) {
            if (node instanceof TextInputControl || node instanceof Spinner<?> || node instanceof ComboBoxBase<?> box && box.isEditable()) {
                return true;
            }
        }
        return false;
    }
}
