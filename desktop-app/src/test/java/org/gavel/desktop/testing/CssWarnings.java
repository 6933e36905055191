package org.gavel.desktop.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Catches what JavaFX complains of in style sheets. */
public final class CssWarnings extends Handler implements AutoCloseable {
    private final Logger logger = Logger.getLogger("javafx.css");
    private final List<String> warnings = new ArrayList<>();

    public CssWarnings() {
        logger.addHandler(this);
    }

    public synchronized List<String> all() {
        return List.copyOf(warnings);
    }

    @Override
    public synchronized void publish(LogRecord warning) {
        warnings.add(warning.getMessage());
    }

    @Override
    public void flush() {
        // Nothing is held back.
    }

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
