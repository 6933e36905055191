package org.gavel.desktop.help;

import java.util.List;
import javafx.scene.control.Alert;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import org.gavel.desktop.screen.Desk;
import org.gavel.desktop.screen.Dialogs;
import org.gavel.desktop.screen.Ids;

/** The list of keys: F1 or ?. */
public final class HelpSheet {
    private record Key(String keys, String does) { }

    private static final List<Key> KEYS = List.of(
        new Key("Ctrl+1 … Ctrl+5", "Cluster, Auctions, Timeline, Charts, Preferences"),
        new Key("Ctrl+F", "filter what the screen shows"),
        new Key("N", "new auction"),
        new Key("B", "bid ticket: type the amount"),
        new Key("Ctrl+Enter", "send the bid; Enter alone does nothing"),
        new Key("← → ↑ ↓", "round the ring, along a table or the events"),
        new Key("Enter", "inspect the node; open the chosen auction"),
        new Key("Esc", "let go of the chosen auction"),
        new Key("K", "kill the node (asks)"),
        new Key("R", "restart a node of this machine"),
        new Key("Space", "pause the node (asks for how long)"),
        new Key("Ctrl+C", "copy the chosen events"),
        new Key("F1 or ?", "this list"));

    /** So wide that every key has one line. */
    private static final double WIDTH_EM = 44;

    private HelpSheet() { }

    public static void show(Desk desk) {
        GridPane grid = new GridPane();
        grid.getStyleClass().add("help-grid");
        for (int row = 0; row < KEYS.size(); row++) {
            Label keys = new Label(KEYS.get(row).keys());
            keys.getStyleClass().add("mono");
            keys.setMinWidth(Label.USE_PREF_SIZE);
            grid.addRow(row, keys, new Label(KEYS.get(row).does()));
        }
        grid.setHgap(24);
        grid.setVgap(8);
        Alert alert = new Alert(Alert.AlertType.NONE, "", ButtonType.CLOSE);
        alert.initOwner(desk.window());
        alert.setTitle("Keys");
        alert.getDialogPane().setId(Ids.HELP_SHEET);
        alert.getDialogPane().setContent(grid);
        alert.setHeaderText("Keys. Single letters are off while you type.");
        Dialogs.dress(alert.getDialogPane(), desk, WIDTH_EM * desk.preferences().get().fontPx());
        alert.show();
    }
}
