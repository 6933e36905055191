package org.gavel.desktop.cluster;

import java.util.List;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputDialog;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.gavel.desktop.feed.FeedMode;
import org.gavel.desktop.screen.Desk;
import org.gavel.desktop.screen.Dialogs;
import org.gavel.desktop.screen.Ids;
import org.gavel.desktop.screen.Notice;

/** Nobody on the air: what can be done about it. */
final class EmptyState extends VBox {
    private static final int PORT_MAX = 65_535;

    private static final String HOW = "Nodes announce themselves by broadcast. They are shown here as soon as one is heard.";

    private final Desk desk;
    private final Label title = new Label();
    private final Label line = new Label(HOW);
    private final Label command = new Label();
    private final Button demo = new Button("Start a demo cluster");
    private final Button simulate = new Button("Simulate one");
    private final Button port = new Button("Change port…");
    private final HBox ways;
    private final HBox commandLine;
    private final Label or;

    EmptyState(Desk desk) {
        this.desk = desk;
        setId(Ids.Cluster.EMPTY);
        getStyleClass().add("empty-state");
        setAlignment(Pos.CENTER);
        title.getStyleClass().add("empty-title");
        line.getStyleClass().add("subtle");
        demo.setId(Ids.Cluster.START_DEMO);
        demo.getStyleClass().add("accent");
        demo.setOnAction(event -> {
            demo.setDisable(true);
            desk.startDemo();
        });
        port.setId(Ids.Cluster.CHANGE_PORT);
        port.setOnAction(event -> askPort());
        simulate.setId(Ids.Cluster.SIMULATE);
        simulate.setOnAction(event -> desk.startSimulation());
        ways = new HBox(demo, simulate, port);
        ways.setAlignment(Pos.CENTER);
        ways.getStyleClass().add("empty-buttons");
        command.getStyleClass().addAll("mono", "command");
        Button copy = new Button("Copy");
        copy.setId(Ids.Cluster.COPY_COMMAND);
        copy.setAccessibleText("Copy the command that starts a node");
        copy.setOnAction(event -> {
            ClipboardContent content = new ClipboardContent();
            content.putString(command.getText());
            Clipboard.getSystemClipboard().setContent(content);
        });
        or = new Label("or start nodes in a terminal:");
        or.getStyleClass().add("subtle");
        commandLine = new HBox(command, copy);
        commandLine.setAlignment(Pos.CENTER);
        commandLine.getStyleClass().add("empty-buttons");
        getChildren().addAll(title, line, ways, or, commandLine);
        refresh();
    }

    /** The feed may have changed, or what it starts. */
    void refresh() {
        int starting = desk.feed().nodesOfItsOwn();
        FeedMode mode = desk.feed().mode();
        String wanted = switch (mode) {
            case REPLAY -> "Nobody is heard at this place of the recording";
            case SIMULATION -> "The simulated nodes start";
            case LIVE -> starting > 0 ? "Starting " + starting + (starting == 1 ? " node" : " nodes") + " on this machine" : "No cluster heard on port " + desk.settings().port();
        };
        if (wanted.equals(title.getText())) {
            return;
        }
        title.setText(wanted);
        boolean searching = mode == FeedMode.LIVE && starting == 0;
        line.setText(mode == FeedMode.REPLAY ? "Play, or go on to a later one." : searching ? HOW : "Each is shown as soon as it is heard; that takes a few seconds.");
        List.of(ways, or, commandLine).forEach(way -> way.setVisible(searching));
        demo.setDisable(desk.readOnly());
        command.setText("java -jar gavel-node.jar node --cluster " + quoted(desk.settings().cluster()) + " --port " + desk.settings().port()
            + (desk.settings().bind().equals("loopback") ? "" : " --bind " + desk.settings().bind()));
    }

    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9._-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    private void askPort() {
        TextInputDialog dialog = new TextInputDialog(String.valueOf(desk.settings().port()));
        dialog.setTitle("Gavel");
        dialog.setHeaderText("Which discovery port?");
        dialog.setContentText("UDP port, 1 to " + PORT_MAX);
        Dialogs.dress(dialog.getDialogPane(), desk);
        TextField field = dialog.getEditor();
        field.setId(Ids.Cluster.PORT_FIELD);
        dialog.resultProperty().addListener((property, before, typed) -> Optional.ofNullable(typed).ifPresent(this::onPort));
        dialog.show();
    }

    private void onPort(String typed) {
        String digits = typed.strip();
        if (!digits.matches("[0-9]{1,5}") || Integer.parseInt(digits) < 1 || Integer.parseInt(digits) > PORT_MAX) {
            desk.notify(Notice.warning("'" + typed + "' is no port", "A port is a number from 1 to " + PORT_MAX + "."));
            return;
        }
        desk.connect(desk.settings().withPort(Integer.parseInt(digits)));
    }
}
