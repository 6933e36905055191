package org.gavel.desktop.help;

import javafx.scene.control.Alert;
import javafx.scene.control.ButtonType;
import org.gavel.desktop.screen.Desk;
import org.gavel.desktop.screen.Ids;

/** The list of keys: F1 or ?. */
public final class HelpSheet {
    private static final String KEYS = "Ctrl+1 to Ctrl+5 screens, Ctrl+F filter, B ticket, N new auction, arrows round the ring, Enter inspect, "
        + "K kill (asks), R restart, Space pause, F1 or ? this list.";

    private HelpSheet() { }

    public static void show(Desk desk) {
        Alert alert = new Alert(Alert.AlertType.INFORMATION, KEYS, ButtonType.CLOSE);
        alert.initOwner(desk.window());
        alert.setHeaderText("Keys");
        alert.getDialogPane().setId(Ids.HELP_SHEET);
        alert.show();
    }
}
