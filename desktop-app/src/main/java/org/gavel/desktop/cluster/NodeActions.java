package org.gavel.desktop.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.CustomMenuItem;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;
import org.gavel.desktop.feed.FeedMode;
import org.gavel.desktop.feed.NodeCommands;
import org.gavel.desktop.model.NodeView;
import org.gavel.desktop.screen.Desk;
import org.gavel.desktop.screen.Notice;
import org.gavel.protocol.identity.Uid;

/** Does to nodes what the person asks for, after asking back where that is due. */
final class NodeActions {
    private static final int SECONDS = 8;

    private final Desk desk;
    private final Questions questions;

    NodeActions(Desk desk) {
        this.desk = desk;
        this.questions = new Questions(desk);
    }

    Optional<String> whyNot(NodeAction action, NodeView node) {
        return action.whyNot(node, desk.feed().nodes(), desk.feed().mode(), desk.readOnly());
    }

    /** Whether anything can be done to nodes from here at all. */
    boolean anything() {
        return !desk.readOnly() && desk.feed().mode() != FeedMode.REPLAY;
    }

    /** Asks if it must, then acts; tells why not if it cannot. */
    void perform(NodeAction action, Uid uid) {
        NodeView node = desk.view().get().node(uid).orElse(null);
        if (node == null) {
            return;
        }
        Optional<String> why = whyNot(action, node);
        if (why.isPresent()) {
            desk.notify(Notice.of(action.word() + " " + node.name() + ": not possible", why.get()));
            return;
        }
        NodeCommands commands = desk.feed().nodes();
        switch (action) {
            case KILL -> questions.confirm(action, node, () -> report(action, node, commands.kill(uid)));
            case FORGET -> questions.confirm(action, node, () -> report(action, node, commands.forget(uid)));
            case PAUSE -> questions.seconds(action, node, SECONDS, s -> report(action, node, commands.pause(uid, s * 1_000L)));
            case ISOLATE -> questions.seconds(action, node, SECONDS, s -> report(action, node, commands.isolate(uid, s * 1_000L)));
            case RESTART -> report(action, node, commands.restart(uid));
            case DISMISS -> desk.feed().dismiss(uid.toString());
        }
    }

    /** What succeeds is seen on the ring; what does not is told. */
    private void report(NodeAction action, NodeView node, CompletableFuture<Void> done) {
        done.whenCompleteAsync((nothing, failure) -> {
            if (failure != null) {
                Throwable cause = failure.getCause() == null ? failure : failure.getCause();
                desk.notify(Notice.warning(action.word() + " " + node.name() + " failed", String.valueOf(cause.getMessage())));
            }
        }, desk.ui());
    }

    /** The same as keys and buttons; what is not possible is grey and says why. */
    ContextMenu menu(NodeView node) {
        List<MenuItem> items = new ArrayList<>();
        for (NodeAction action : NodeAction.values()) {
            Optional<String> why = whyNot(action, node);
            if (action == NodeAction.DISMISS && why.isPresent()) {
                continue;
            }
            Label label = new Label(action.word() + (action.asks() ? "…" : "") + (action.key().isEmpty() ? "" : "   " + action.key()));
            CustomMenuItem item = new CustomMenuItem(label, why.isEmpty());
            item.setId("menu-" + action.name().toLowerCase(java.util.Locale.ROOT));
            why.ifPresentOrElse(sentence -> {
                label.getStyleClass().add("impossible");
                Tooltip.install(label, new Tooltip(sentence));
            }, () -> item.setOnAction(event -> perform(action, node.uid())));
            items.add(item);
        }
        return new ContextMenu(items.toArray(MenuItem[]::new));
    }
}
