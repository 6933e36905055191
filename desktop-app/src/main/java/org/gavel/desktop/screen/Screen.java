package org.gavel.desktop.screen;

import java.util.List;
import javafx.scene.Parent;
import javafx.scene.input.KeyEvent;

/**
 * One screen of the window: a view model that knows no control, and controls that show it. Each implementation has a constructor without
 * arguments; {@link #build} is called once. Called on the FX thread only.
 */
public interface Screen {
    ScreenId id();

    /** Makes the controls. */
    Parent build(Desk desk);

    /** Style sheets of this screen alone, as class-path URLs. */
    default List<String> stylesheets() {
        return List.of();
    }

    /** Up to 20 times a second, shown or not, so that no event is missed; what is not shown should not be drawn. */
    default void onTick(Tick tick) { }

    /** It has come to the front. */
    default void shown() { }

    /** Another one has. Animations end. */
    default void hidden() { }

    /** A key pressed while this screen is in front and nobody types; true if it meant something here. */
    default boolean onKey(KeyEvent event) {
        return false;
    }

    /** Something new is asked for, as by N: the Auctions screen opens its form. */
    default void begin() { }

    /** Ctrl+F. */
    default void focusFilter() { }

    /** Ends what runs for this screen; the window closes. */
    default void close() { }
}
