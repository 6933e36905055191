package org.gavel.protocol.auction;

import com.google.gson.JsonObject;
import java.util.Optional;
import java.util.regex.Pattern;
import org.gavel.protocol.wire.JsonFields;
import org.gavel.protocol.wire.MalformedException;

/**
 * Something that can be auctioned. Not validated by itself: ask {@link #complaint}.
 *
 * @param id              lower-case letters, digits and hyphens, so that an auction id ({@code lamp-3}) can be said aloud
 * @param title           for people
 * @param description     for people, or null
 * @param startPriceCents the least first bid
 * @param incrementCents  by how much a bid must exceed the one before, 1 or more
 * @param reserveCents    below this it is not sold, or null
 */
public record Item(String id, String title, String description, long startPriceCents, long incrementCents, Long reserveCents) {
    public static final int ID_CHARS_MAX = 40;
    public static final int TITLE_CHARS_MAX = 120;
    /** With {@code ItemCatalogue.ITEMS_MAX} = 500: 500 x (400 + 120) chars x 3 bytes stay below the 1 MiB of a log entry's body. */
    public static final int DESCRIPTION_CHARS_MAX = 400;
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0," + (ID_CHARS_MAX - 1) + "}");

    /** A sentence on the first thing that is wrong with it, without naming the item; empty if it can be auctioned. */
    public Optional<String> complaint() {
        if (id == null || !ID.matcher(id).matches()) {
            return Optional.of("id '" + shown(id) + "' is not an item id; use up to " + ID_CHARS_MAX
                    + " lower-case letters, digits and hyphens, such as lamp or brass-sextant");
        }
        Optional<String> text = textComplaint("title", title, TITLE_CHARS_MAX);
        if (text.isEmpty() && title.isBlank()) {
            text = Optional.of("title is blank; give it a few words");
        }
        if (text.isEmpty() && description != null) {
            text = textComplaint("description", description, DESCRIPTION_CHARS_MAX);
        }
        return text.isPresent() ? text : priceComplaint();
    }

    private static Optional<String> textComplaint(String field, String text, int charsMax) {
        if (text == null) {
            return Optional.of(field + " is missing; give it a few words");
        }
        if (text.length() > charsMax) {
            return Optional.of(field + " has " + text.length() + " characters, at most " + charsMax + " are possible; shorten it");
        }
        boolean control = text.chars().anyMatch(Character::isISOControl);
        return control ? Optional.of(field + " holds a control character; use plain text in one line") : Optional.empty();
    }

    private Optional<String> priceComplaint() {
        Optional<String> start = amountComplaint("startPriceCents", startPriceCents, 0);
        if (start.isPresent()) {
            return start;
        }
        Optional<String> increment = amountComplaint("incrementCents", incrementCents, 1);
        if (increment.isPresent()) {
            return increment;
        }
        return reserveCents == null ? Optional.empty() : amountComplaint("reserveCents", reserveCents, 0);
    }

    private static Optional<String> amountComplaint(String field, long cents, long centsMin) {
        if (cents < 0) {
            return Optional.of(field + " is negative (" + cents + "); write cents, " + centsMin + " or more");
        }
        if (cents < centsMin) {
            return Optional.of(field + " is " + cents + "; write cents, " + centsMin + " or more");
        }
        if (cents > Money.AMOUNT_CENTS_MAX) {
            return Optional.of(field + " is " + cents + "; at most " + Money.AMOUNT_CENTS_MAX + " cents are possible");
        }
        return Optional.empty();
    }

    private static String shown(String text) {
        return text == null ? "" : text.length() <= ID_CHARS_MAX ? text : text.substring(0, ID_CHARS_MAX) + "...";
    }

    /** The same item with another start price or reserve; null keeps the item's own. */
    public Item withPrices(Long otherStartPriceCents, Long otherReserveCents) {
        return new Item(id, title, description, otherStartPriceCents == null ? startPriceCents : otherStartPriceCents, incrementCents,
                otherReserveCents == null ? reserveCents : otherReserveCents);
    }

    public JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("id", id);
        json.addProperty("title", title);
        if (description != null) {
            json.addProperty("description", description);
        }
        json.addProperty("startPriceCents", startPriceCents);
        json.addProperty("incrementCents", incrementCents);
        if (reserveCents != null) {
            json.addProperty("reserveCents", reserveCents);
        }
        return json;
    }

    /** Reads and validates. Unknown fields are ignored. */
    public static Item fromJson(JsonFields json) throws MalformedException {
        Item item = new Item(json.text("id", Integer.MAX_VALUE), json.text("title", Integer.MAX_VALUE),
                json.textOr("description", Integer.MAX_VALUE, null), json.number("startPriceCents"), json.number("incrementCents"),
                json.numberOr("reserveCents", null));
        Optional<String> complaint = item.complaint();
        if (complaint.isPresent()) {
            throw new MalformedException(complaint.get());
        }
        return item;
    }
}
