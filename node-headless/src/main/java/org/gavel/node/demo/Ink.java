package org.gavel.node.demo;

import java.util.Map;

/** Colours, where there is a terminal that shows them and nobody objects (no-color.org). Nothing is said by colour alone. */
final class Ink {
    private final boolean on;

    Ink(boolean terminal, Map<String, String> environment) {
        on = terminal && environment.getOrDefault("NO_COLOR", "").isEmpty() && !"dumb".equals(environment.get("TERM"));
    }

    String bold(String text) {
        return paint("1", text);
    }

    String faint(String text) {
        return paint("2", text);
    }

    String good(String text) {
        return paint("32", text);
    }

    String bad(String text) {
        return paint("31", text);
    }

    String accent(String text) {
        return paint("36", text);
    }

    private String paint(String code, String text) {
        return on ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
