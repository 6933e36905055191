package org.gavel.desktop.auctions;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.gavel.desktop.screen.Ids;

/** The ticket's controls. Money leaves only by the button or by Ctrl+Enter: a stray Enter does nothing. */
final class BidTicket extends VBox {
    /** Sends what the ticket says. */
    interface Sender {
        void send(String auctionId, long amountCents);
    }

    private static final int[] RAISES = {1, 5, 10};

    private final TicketModel model;
    private final Sender sender;
    private final Label heading = new Label();
    private final TextField amount = new TextField();
    private final Button bid = new Button();
    private final Label message = new Label();
    private final List<Button> raises = new ArrayList<>();
    private boolean showing;

    BidTicket(TicketModel model, Sender sender) {
        super();
        this.model = model;
        this.sender = sender;
        setId(Ids.Auctions.TICKET);
        getStyleClass().addAll("card", "bid-ticket");
        heading.getStyleClass().add("title");
        amount.setId(Ids.Auctions.AMOUNT);
        amount.getStyleClass().addAll("mono", "amount-field");
        amount.setPromptText("amount");
        amount.setAccessibleText("Amount of your bid");
        amount.setPrefColumnCount(9);
        HBox.setHgrow(amount, Priority.ALWAYS);
        amount.textProperty().addListener((property, was, now) -> onTyped(now));
        amount.addEventFilter(KeyEvent.KEY_PRESSED, this::onKey);
        HBox row = new HBox(amount);
        row.getStyleClass().add("row");
        row.setAlignment(Pos.CENTER_LEFT);
        for (int increments : RAISES) {
            row.getChildren().add(raise(increments));
        }
        bid.setId(Ids.Auctions.BID);
        bid.getStyleClass().add("accent");
        bid.setMaxWidth(Double.MAX_VALUE);
        bid.setTooltip(new Tooltip("Ctrl+Enter from the amount, or Space here; Enter alone does nothing"));
        bid.setOnAction(event -> submit());
        bid.addEventFilter(KeyEvent.ANY, event -> {
            if (event.getCode() == KeyCode.ENTER) {
                event.consume();
            }
        });
        message.setId(Ids.Auctions.TICKET_MESSAGE);
        message.setWrapText(true);
        message.setMinHeight(USE_PREF_SIZE);
        getChildren().addAll(heading, row, bid, message);
        refresh();
    }

    private Button raise(int increments) {
        Button button = new Button("+" + increments);
        button.setId(Ids.Auctions.raise(increments));
        button.getStyleClass().add("raise");
        button.setMinWidth(USE_PREF_SIZE);
        button.setAccessibleText("Raise by " + increments + (increments == 1 ? " increment" : " increments"));
        button.setOnAction(event -> {
            model.raise(increments);
            refresh();
        });
        raises.add(button);
        return button;
    }

    private void onTyped(String text) {
        if (!showing) {
            model.type(text);
            refresh();
        }
    }

    private void onKey(KeyEvent event) {
        if (event.getCode() == KeyCode.ENTER) {
            if (event.isShortcutDown()) {
                submit();
            }
            event.consume();
        }
    }

    private void submit() {
        Optional<Long> cents = model.submit();
        refresh();
        cents.ifPresent(amountCents -> sender.send(model.auctionId(), amountCents));
    }

    void focusAmount() {
        amount.requestFocus();
        amount.end();
    }

    /** Shows the model. What was typed is written back only where the model has changed it on the person's word. */
    void refresh() {
        showing = true;
        if (!amount.getText().equals(model.text())) {
            amount.setText(model.text());
            amount.end();
        }
        showing = false;
        heading.setText(model.auctionId().isEmpty() ? "Bid" : "Bid on " + model.title());
        boolean usable = model.isOpen() && !model.isLocked();
        amount.setEditable(!model.isLocked());
        amount.setDisable(!model.isOpen() && !model.isLocked());
        raises.forEach(button -> button.setDisable(!usable));
        bid.setText(model.buttonText());
        bid.setDisable(!model.canSubmit());
        String text = model.message();
        if (!text.equals(message.getText())) {
            message.setText(text);
        }
        String kind = model.isTrouble() ? "trouble" : model.phase() == TicketModel.Phase.ACCEPTED ? "good" : "subtle";
        message.getStyleClass().setAll("label", "ticket-message", kind);
    }
}
