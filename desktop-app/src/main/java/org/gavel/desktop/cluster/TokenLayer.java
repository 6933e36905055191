package org.gavel.desktop.cluster;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javafx.animation.AnimationTimer;
import javafx.scene.Group;
import org.gavel.desktop.model.TokenView;
import org.gavel.protocol.identity.Uid;

/** Tokens on their way. Between two ticks they go on at their pace; the timer runs only while there are any. */
final class TokenLayer extends Group {
    private static final double HALFWAY = 0.5;

    private final Map<Long, TokenFigure> figures = new HashMap<>();
    private final AnimationTimer timer = new AnimationTimer() {
        @Override
        public void handle(long nowNs) {
            figures.values().forEach(figure -> figure.move(nowNs));
        }
    };
    private boolean running;

    TokenLayer() {
        setMouseTransparent(true);
    }

    void show(List<TokenView> tokens, RingLayout layout, Map<Uid, Integer> places, boolean still) {
        Set<Long> present = new HashSet<>();
        long nowNs = System.nanoTime();
        for (TokenView token : tokens) {
            Integer from = places.get(token.from());
            Integer to = places.get(token.to());
            if (from != null && to != null) {
                present.add(token.id());
                TokenFigure figure = figures.computeIfAbsent(token.id(), id -> added(token));
                figure.route(layout, from, to);
                figure.tick(token.fate(), still ? HALFWAY : token.progress(), still, nowNs);
            }
        }
        figures.entrySet().removeIf(entry -> !present.contains(entry.getKey()) && getChildren().remove(entry.getValue()));
        boolean move = !still && !figures.isEmpty();
        if (move && !running) {
            timer.start();
        } else if (!move && running) {
            timer.stop();
        }
        running = move;
    }

    private TokenFigure added(TokenView token) {
        TokenFigure figure = new TokenFigure(token.candidate().isNobody() ? "?" : token.candidate().shortForm());
        getChildren().add(figure);
        return figure;
    }

    void rest() {
        timer.stop();
        running = false;
    }
}
