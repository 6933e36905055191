package org.gavel.desktop.preferences;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import javafx.fxml.FXML;
import javafx.fxml.FXMLLoader;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Slider;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import org.gavel.desktop.screen.Desk;
import org.gavel.desktop.screen.Ids;
import org.gavel.desktop.screen.Screen;
import org.gavel.desktop.screen.ScreenId;

/** The Preferences screen. Its look applies at once; name and network with their button, since they leave the present cluster. */
public final class PreferencesScreen implements Screen {
    private Desk desk;
    @FXML
    private ScrollPane root;
    @FXML
    private ToggleButton light;
    @FXML
    private ToggleButton dark;
    @FXML
    private Slider font;
    @FXML
    private Label fontValue;
    @FXML
    private CheckBox motion;
    @FXML
    private CheckBox sound;
    @FXML
    private TextField name;
    @FXML
    private Label nameMessage;
    @FXML
    private TextField bind;
    @FXML
    private Label bindMessage;
    @FXML
    private TextField port;
    @FXML
    private Label portMessage;
    @FXML
    private Button apply;
    @FXML
    private Label applied;
    private boolean showing;

    @Override
    public ScreenId id() {
        return ScreenId.PREFERENCES;
    }

    @Override
    public List<String> stylesheets() {
        return List.of(Objects.requireNonNull(PreferencesScreen.class.getResource("preferences.css"), "preferences.css").toExternalForm());
    }

    @Override
    public Parent build(Desk window) {
        desk = window;
        FXMLLoader loader = new FXMLLoader(PreferencesScreen.class.getResource("preferences.fxml"));
        loader.setController(this);
        try {
            loader.load();
        } catch (IOException e) {
            throw new UncheckedIOException("preferences.fxml of this program cannot be read", e);
        }
        name();
        wire();
        show(desk.preferences().get());
        desk.preferences().addListener((property, was, now) -> show(now));
        return root;
    }

    @Override
    public void shown() {
        // Not the first field: while somebody types, single keys mean letters.
        root.applyCss();
        (desk.preferences().get().dark() ? dark : light).requestFocus();
    }

    private void name() {
        light.setId(Ids.Preferences.LIGHT);
        dark.setId(Ids.Preferences.DARK);
        font.setId(Ids.Preferences.FONT);
        motion.setId(Ids.Preferences.MOTION);
        sound.setId(Ids.Preferences.SOUND);
        name.setId(Ids.Preferences.NAME);
        bind.setId(Ids.Preferences.BIND);
        port.setId(Ids.Preferences.PORT);
        apply.setId(Ids.Preferences.APPLY);
    }

    private void wire() {
        light.setOnAction(event -> desk.preferences().set(desk.preferences().get().withDark(false)));
        dark.setOnAction(event -> desk.preferences().set(desk.preferences().get().withDark(true)));
        font.valueProperty().addListener((property, was, now) -> {
            if (!showing && Math.round(now.doubleValue()) != desk.preferences().get().fontPx()) {
                desk.preferences().set(desk.preferences().get().withFontPx((int) Math.round(now.doubleValue())));
            }
        });
        motion.setOnAction(event -> desk.preferences().set(desk.preferences().get().withReducedMotion(motion.isSelected())));
        sound.setOnAction(event -> desk.preferences().set(desk.preferences().get().withSound(sound.isSelected())));
        for (TextField field : List.of(name, bind, port)) {
            field.textProperty().addListener((property, was, now) -> check());
        }
        apply.setOnAction(event -> apply());
    }

    private void show(Preferences preferences) {
        showing = true;
        light.setSelected(!preferences.dark());
        dark.setSelected(preferences.dark());
        font.setValue(preferences.fontPx());
        fontValue.setText(preferences.fontPx() + " px");
        motion.setSelected(preferences.reducedMotion());
        sound.setSelected(preferences.sound());
        if (!name.isFocused() && !bind.isFocused() && !port.isFocused()) {
            name.setText(preferences.name());
            bind.setText(preferences.bind());
            port.setText(Integer.toString(preferences.port()));
        }
        showing = false;
        check();
    }

    private void check() {
        say(nameMessage, PreferencesModel.nameComplaint(name.getText()));
        say(bindMessage, PreferencesModel.bindComplaint(bind.getText()));
        say(portMessage, PreferencesModel.portComplaint(port.getText()));
        boolean right = nameMessage.getText().isEmpty() && bindMessage.getText().isEmpty() && portMessage.getText().isEmpty();
        Preferences kept = desk.preferences().get();
        boolean changed = !name.getText().strip().equals(kept.name()) || !bind.getText().strip().equals(kept.bind()) || !port.getText().strip().equals(Integer.toString(kept.port()));
        apply.setDisable(!right || !changed);
        applied.setText(changed ? "The window leaves the present cluster and looks for one there." : "");
    }

    private static void say(Label label, String complaint) {
        label.setText(complaint);
        label.setVisible(!complaint.isEmpty());
        label.setManaged(!complaint.isEmpty());
    }

    private void apply() {
        String newName = name.getText().strip();
        String newBind = bind.getText().strip();
        int newPort = Integer.parseInt(port.getText().strip());
        desk.preferences().set(desk.preferences().get().withName(newName).withNetwork(newBind, newPort));
        desk.connect(desk.settings().withBind(newBind).withPort(newPort).withBidder(desk.uidOf(newName), newName));
        check();
    }
}
