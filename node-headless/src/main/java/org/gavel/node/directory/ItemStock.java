package org.gavel.node.directory;

import com.google.gson.JsonArray;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gavel.node.catalogue.ItemCatalogue;
import org.gavel.protocol.auction.Item;
import org.gavel.protocol.wire.JsonFields;
import org.gavel.protocol.wire.MalformedException;

/** The items of the ring's catalogue, in its order, and who has each. At most {@link ItemCatalogue#ITEMS_MAX}. */
final class ItemStock {
    private final Map<String, CatalogueItem> items = new LinkedHashMap<>();

    boolean isEmpty() {
        return items.isEmpty();
    }

    /** @throws IllegalArgumentException with a sentence naming the item's position and what is wrong with it; then nothing has changed */
    void fill(List<Item> all) {
        new ItemCatalogue(all).items().forEach(item -> items.put(item.id(), CatalogueItem.available(item)));
    }

    List<CatalogueItem> all() {
        return List.copyOf(items.values());
    }

    List<Item> available() {
        return items.values().stream().filter(i -> i.status() == ItemStatus.AVAILABLE).map(CatalogueItem::item).toList();
    }

    Optional<CatalogueItem> item(String itemId) {
        return Optional.ofNullable(items.get(itemId));
    }

    void claim(CatalogueItem item, String auctionId) {
        items.put(item.item().id(), item.claimedBy(auctionId));
    }

    void release(CatalogueItem item) {
        items.put(item.item().id(), CatalogueItem.available(item.item()));
    }

    /** The auction is over: its item is sold or available again, unless it was released and is another's, or nobody's, by now. */
    void settle(DirectoryEntry settled, boolean sold) {
        CatalogueItem item = items.get(settled.itemId());
        if (item == null || !item.isClaimedBy(settled.auctionId())) {
            return;
        }
        items.put(settled.itemId(), sold ? item.sold() : CatalogueItem.available(item.item()));
    }

    JsonArray toJson() {
        JsonArray array = new JsonArray();
        items.values().forEach(item -> array.add(item.toJson()));
        return array;
    }

    static List<CatalogueItem> fromJson(List<JsonFields> array) throws MalformedException {
        List<CatalogueItem> read = new ArrayList<>();
        for (JsonFields one : array) {
            read.add(CatalogueItem.fromJson(one));
        }
        return read;
    }

    void replaceAll(Collection<CatalogueItem> others) {
        items.clear();
        others.forEach(item -> items.put(item.item().id(), item));
    }
}
