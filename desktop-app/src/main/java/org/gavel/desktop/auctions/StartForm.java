package org.gavel.desktop.auctions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;
import javafx.fxml.FXML;
import javafx.fxml.FXMLLoader;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.controlsfx.control.SearchableComboBox;
import org.gavel.desktop.screen.Ids;
import org.gavel.protocol.auction.Money;
import org.gavel.protocol.client.ItemInfo;
import org.gavel.protocol.client.StartRequest;

/** The controls of start-form.fxml. Each field says what is wrong with it. */
public final class StartForm {
    private final StartModel model = new StartModel();
    @FXML
    private VBox root;
    @FXML
    private SearchableComboBox<ItemInfo> item;
    @FXML
    private TextField duration;
    @FXML
    private TextField startPrice;
    @FXML
    private TextField reserve;
    @FXML
    private CheckBox mine;
    @FXML
    private Label itemMessage;
    @FXML
    private Label durationMessage;
    @FXML
    private Label startPriceMessage;
    @FXML
    private Label reserveMessage;
    @FXML
    private Label message;
    @FXML
    private Button start;
    @FXML
    private Button cancel;
    private List<ItemInfo> items = List.of();
    private boolean underWay;
    private boolean known;

    private StartForm() { }

    static StartForm load(Consumer<StartRequest> onStart, Runnable onCancel) {
        StartForm form = new StartForm();
        FXMLLoader loader = new FXMLLoader(StartForm.class.getResource("start-form.fxml"));
        loader.setControllerFactory(type -> form);
        loader.setController(form);
        try {
            loader.load();
        } catch (IOException e) {
            throw new UncheckedIOException("start-form.fxml of this program cannot be read", e);
        }
        form.wire(onStart, onCancel);
        return form;
    }

    private void wire(Consumer<StartRequest> onStart, Runnable onCancel) {
        root.setId(Ids.Auctions.START_FORM);
        item.setId(Ids.Auctions.START_ITEM);
        duration.setId(Ids.Auctions.START_DURATION);
        startPrice.setId(Ids.Auctions.START_PRICE);
        reserve.setId(Ids.Auctions.START_RESERVE);
        start.setId(Ids.Auctions.START_BUTTON);
        cancel.setId(Ids.Auctions.START_CANCEL);
        message.setId(Ids.Auctions.START_MESSAGE);
        item.setConverter(new ItemText());
        item.valueProperty().addListener((property, was, now) -> changed(() -> model.item(now)));
        duration.textProperty().addListener((property, was, now) -> changed(() -> model.duration(now)));
        startPrice.textProperty().addListener((property, was, now) -> changed(() -> model.startPrice(now)));
        reserve.textProperty().addListener((property, was, now) -> changed(() -> model.reserve(now)));
        mine.setId(Ids.Auctions.START_MINE);
        mine.selectedProperty().addListener((property, was, now) -> changed(() -> model.mine(now)));
        cancel.setOnAction(event -> onCancel.run());
        start.setOnAction(event -> {
            if (model.isComplete() && !underWay) {
                underWay = true;
                say("Claiming the item and electing an active…", "subtle");
                onStart.accept(model.request());
            }
            refresh();
        });
        clear();
    }

    private void changed(Runnable change) {
        change.run();
        if (!underWay) {
            say("", "subtle");
        }
        refresh();
    }

    VBox root() {
        return root;
    }

    /** A fresh form. */
    void clear() {
        underWay = false;
        item.setValue(null);
        duration.setText(StartModel.DURATION);
        model.duration(StartModel.DURATION);
        startPrice.clear();
        reserve.clear();
        mine.setSelected(false);
        say("", "subtle");
        refresh();
    }

    void focus() {
        item.requestFocus();
    }

    /**
     * What can be sold now; a chosen item stays chosen while it is there.
     *
     * @param isKnown false before the INM has said it
     */
    void items(List<ItemInfo> newItems, boolean isKnown) {
        if (known != isKnown) {
            known = isKnown;
            refresh();
        }
        if (!newItems.equals(items) && !item.isShowing()) {
            ItemInfo chosen = item.getValue();
            items = newItems;
            item.getItems().setAll(newItems);
            item.setValue(newItems.stream().filter(one -> chosen != null && one.id().equals(chosen.id())).findFirst().orElse(null));
            refresh();
        }
    }

    void failed(String sentence) {
        underWay = false;
        say(sentence, "trouble");
        refresh();
        start.requestFocus();
    }

    private void say(String sentence, String kind) {
        message.setText(sentence);
        message.getStyleClass().setAll("label", "start-message", kind);
        message.setManaged(!sentence.isEmpty());
    }

    private void refresh() {
        show(itemMessage, known && model.item() == null && items.isEmpty() ? "nothing is for sale now" : "");
        show(durationMessage, model.durationComplaint());
        show(startPriceMessage, model.startPriceComplaint());
        show(reserveMessage, model.reserveComplaint());
        ItemInfo chosen = model.item();
        startPrice.setPromptText(chosen == null ? "as in the catalogue" : Money.format(chosen.startPriceCents()));
        reserve.setPromptText(chosen == null ? "as in the catalogue" : chosen.reserveCents() == null ? "none" : Money.format(chosen.reserveCents()));
        item.setDisable(underWay);
        duration.setDisable(underWay);
        startPrice.setDisable(underWay);
        reserve.setDisable(underWay);
        mine.setDisable(underWay);
        start.setDisable(underWay || !model.isComplete());
        start.setText(chosen == null ? "Start auction" : "Start auction of " + chosen.title());
    }

    private static void show(Label label, String complaint) {
        label.setText(complaint);
        label.setVisible(!complaint.isEmpty());
        label.setManaged(!complaint.isEmpty());
    }

    private final class ItemText extends StringConverter<ItemInfo> {
        @Override
        public String toString(ItemInfo info) {
            return info == null ? "" : info.title() + " · from " + Money.format(info.startPriceCents());
        }

        @Override
        public ItemInfo fromString(String text) {
            return items.stream().filter(info -> toString(info).equals(text)).findFirst().orElse(null);
        }
    }
}
