package org.gavel.desktop.cluster;

import java.util.function.IntConsumer;
import javafx.scene.Node;
import javafx.scene.control.Alert;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBar;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Label;
import javafx.scene.control.Spinner;
import javafx.scene.control.TextFormatter;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.geometry.Pos;
import org.gavel.desktop.model.NodeView;
import org.gavel.desktop.screen.Desk;
import org.gavel.desktop.screen.Dialogs;
import org.gavel.desktop.screen.Ids;

/** Asks before something is done that cannot be taken back. The default answer is no. */
final class Questions {
    private static final int SECONDS_MAX = 120;

    private final Desk desk;

    Questions(Desk desk) {
        this.desk = desk;
    }

    void confirm(NodeAction action, NodeView node, Runnable yes) {
        Alert alert = alert(action, node, new Label(action.consequence(node)));
        ask(alert, action, node, yes);
    }

    void seconds(NodeAction action, NodeView node, int first, IntConsumer yes) {
        Spinner<Integer> seconds = new Spinner<>(1, SECONDS_MAX, first);
        seconds.setId(Ids.Cluster.SECONDS);
        seconds.setEditable(true);
        seconds.setPrefWidth(100);
        seconds.getEditor().setTextFormatter(new TextFormatter<>(change -> change.getControlNewText().matches("[0-9]{0,3}") ? change : null));
        HBox line = new HBox(8, new Label("for"), seconds, new Label("seconds"));
        line.setAlignment(Pos.CENTER_LEFT);
        Label consequence = new Label(action.consequence(node));
        Alert alert = alert(action, node, new VBox(12, consequence, line));
        ask(alert, action, node, () -> yes.accept(typed(seconds.getEditor().getText(), first)));
    }

    /** What stands in the field counts, whether or not the field has had the time to take it. */
    private static int typed(String digits, int first) {
        return digits.isEmpty() ? first : Math.max(1, Math.min(SECONDS_MAX, Integer.parseInt(digits)));
    }

    private Alert alert(NodeAction action, NodeView node, Node content) {
        ButtonType yes = new ButtonType(action.word() + " " + node.name(), ButtonBar.ButtonData.OK_DONE);
        Alert alert = new Alert(Alert.AlertType.CONFIRMATION, "", yes, ButtonType.CANCEL);
        alert.setTitle("Gavel");
        alert.setHeaderText(action.question(node));
        alert.setGraphic(null);
        alert.getDialogPane().setContent(content);
        alert.getDialogPane().setId(Ids.Cluster.QUESTION);
        content.getStyleClass().add("question-text");
        Dialogs.dress(alert.getDialogPane(), desk);
        Button yesButton = (Button) alert.getDialogPane().lookupButton(yes);
        yesButton.setId(Ids.Cluster.QUESTION_YES);
        yesButton.getStyleClass().add(action == NodeAction.KILL || action == NodeAction.FORGET ? "danger" : "accent");
        Button no = (Button) alert.getDialogPane().lookupButton(ButtonType.CANCEL);
        no.setId(Ids.Cluster.QUESTION_NO);
        // A stray Enter kills nobody.
        yesButton.setDefaultButton(false);
        no.setDefaultButton(action == NodeAction.KILL || action == NodeAction.FORGET);
        return alert;
    }

    private void ask(Alert alert, NodeAction action, NodeView node, Runnable yes) {
        alert.resultProperty().addListener((property, before, answer) -> {
            if (answer != null && answer.getButtonData() == ButtonBar.ButtonData.OK_DONE) {
                yes.run();
            }
        });
        alert.show();
    }
}
