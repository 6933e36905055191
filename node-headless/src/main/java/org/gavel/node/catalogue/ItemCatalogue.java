package org.gavel.node.catalogue;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gavel.protocol.auction.Item;

/**
 * The items that a node brings along. The first INM of a foundation puts its own into the ring's log; from then on the replicated
 * directory says what is available.
 *
 * @param items in the order in which they are shown, ids distinct
 */
public record ItemCatalogue(List<Item> items) {
    /** 500 items of at most 520 chars of text each: a catalogue command stays below the 1 MiB of a log entry's body. */
    public static final int ITEMS_MAX = 500;

    /** @throws IllegalArgumentException with a sentence naming the item's position (from 1) and what is wrong with it */
    public ItemCatalogue {
        items = List.copyOf(items);
        Optional<String> complaint = complaint(items);
        if (complaint.isPresent()) {
            throw new IllegalArgumentException(complaint.get());
        }
    }

    private static Optional<String> complaint(List<Item> items) {
        if (items.size() > ITEMS_MAX) {
            return Optional.of("there are " + items.size() + " items, at most " + ITEMS_MAX + " are possible; leave some out");
        }
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < items.size(); i++) {
            Optional<String> wrong = items.get(i).complaint();
            if (wrong.isPresent()) {
                return Optional.of("item " + (i + 1) + ": " + wrong.get());
            }
            if (!ids.add(items.get(i).id())) {
                return Optional.of("item " + (i + 1) + ": id '" + items.get(i).id() + "' was used by an item before; give each its own id");
            }
        }
        return Optional.empty();
    }

    /** The dozen that a node has without {@code --items}. */
    public static ItemCatalogue samples() {
        return new ItemCatalogue(List.of(
                item("lamp", "Banker's lamp", "Brass foot, green glass shade, rewired", 40_00, 5_00, null),
                item("sextant", "Brass sextant", "Six-inch arc, in its mahogany case, about 1890", 220_00, 10_00, 300_00L),
                item("globe", "Library globe", "Thirty centimetres, borders of 1936, walnut stand", 150_00, 10_00, null),
                item("typewriter", "Portable typewriter", "Types every letter, with a fresh ribbon and its case", 60_00, 5_00, null),
                item("chessboard", "Walnut chessboard", "Inlaid squares of five centimetres, weighted pieces", 80_00, 5_00, null),
                item("barometer", "Ship's barometer", "Aneroid, brass bezel, reads a little optimistic", 95_00, 5_00, 120_00L),
                item("clock", "Mantel clock", "Eight-day movement, strikes the half hours", 180_00, 10_00, 240_00L),
                item("atlas", "Sea atlas", "Forty hand-coloured plates, spine repaired", 320_00, 20_00, 450_00L),
                item("violin", "Student violin", "Full size, spruce top, with bow and case", 140_00, 10_00, null),
                item("teapot", "Silver teapot", "Half a litre, hallmarked 1911, ebony handle", 110_00, 5_00, null),
                item("telescope", "Field telescope", "Three draws, leather sleeve, sharp to the edge", 90_00, 5_00, null),
                item("mirror", "Gilt mirror", "Oval, sixty by ninety centimetres, old glass", 70_00, 5_00, null)));
    }

    private static Item item(String id, String title, String description, long startPriceCents, long incrementCents, Long reserveCents) {
        return new Item(id, title, description, startPriceCents, incrementCents, reserveCents);
    }
}
