package org.gavel.desktop.preferences;

import org.gavel.protocol.auction.Participant;

/** What is wrong with what was typed; the rest of a preference cannot be wrong. */
final class PreferencesModel {
    private static final int PORT_MAX = 65_535;

    private PreferencesModel() { }

    static String portComplaint(String text) {
        if (!text.strip().matches("\\d{1,5}")) {
            return "a port is a number from 1 to " + PORT_MAX;
        }
        int port = Integer.parseInt(text.strip());
        return port < 1 || port > PORT_MAX ? "a port is a number from 1 to " + PORT_MAX + ", not " + port : "";
    }

    static String bindComplaint(String text) {
        return text.isBlank() ? "loopback, lan, a card's name, or an address of this machine" : "";
    }

    static String nameComplaint(String text) {
        return text.isBlank() ? "others see you by this name: choose one" : Participant.nameComplaint(text.strip()).orElse("");
    }
}
