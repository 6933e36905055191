package org.gavel.node.directory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;

/** The table of auctions in the order of their claims, with its two indexes. Pure storage: the rules are {@link RingState}'s. */
final class AuctionDirectory {
    /** Auctions that are over and still answered for. Those not over hold an item each, so the table ends at this + ITEMS_MAX. */
    static final int OVER_MAX = 1_000;

    private final Map<String, DirectoryEntry> byId = new LinkedHashMap<>();
    private final Map<String, String> idByRequest = new HashMap<>();
    private final Map<PeerId, String> idByBusyNode = new HashMap<>();

    /** Adds or replaces, and forgets the oldest that is over if there are too many. */
    void put(DirectoryEntry entry) {
        byId.put(entry.auctionId(), entry);
        idByRequest.put(entry.assignment().requestId(), entry.auctionId());
        prune();
        indexNodes();
    }

    private void prune() {
        long over = byId.values().stream().filter(e -> e.stage().isOver()).count();
        for (Iterator<DirectoryEntry> all = byId.values().iterator(); over > OVER_MAX && all.hasNext();) {
            DirectoryEntry entry = all.next();
            if (entry.stage().isOver()) {
                all.remove();
                idByRequest.remove(entry.assignment().requestId(), entry.auctionId());
                over--;
            }
        }
    }

    private void indexNodes() {
        idByBusyNode.clear();
        for (DirectoryEntry entry : byId.values()) {
            if (entry.isBusy()) {
                entry.group().members().forEach(node -> idByBusyNode.put(node.peer(), entry.auctionId()));
            }
        }
    }

    Optional<DirectoryEntry> byId(String auctionId) {
        return Optional.ofNullable(byId.get(auctionId));
    }

    Optional<DirectoryEntry> byRequest(String requestId) {
        return Optional.ofNullable(idByRequest.get(requestId)).map(byId::get);
    }

    /** The auction that this very start of a node serves. */
    Optional<DirectoryEntry> byNode(NodeRef node) {
        return Optional.ofNullable(idByBusyNode.get(node.peer())).map(byId::get);
    }

    List<DirectoryEntry> all() {
        return new ArrayList<>(byId.values());
    }

    void replaceAll(Collection<DirectoryEntry> entries) {
        byId.clear();
        idByRequest.clear();
        entries.forEach(entry -> {
            byId.put(entry.auctionId(), entry);
            idByRequest.put(entry.assignment().requestId(), entry.auctionId());
        });
        indexNodes();
    }
}
