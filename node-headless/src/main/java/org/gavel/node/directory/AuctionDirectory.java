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

/**
 * The table of auctions, with its two indexes: those whose nodes are busy in the order of their claims, those that are over and freed in the order of their ends.
 * Pure storage: the rules are {@link RingState}'s.
 */
final class AuctionDirectory {
    /** Auctions that are over, and whose nodes are idle again, still answered for. The others hold an item each, or a node each. */
    static final int OVER_MAX = 1_000;

    private final Map<String, DirectoryEntry> byId = new LinkedHashMap<>();
    private final Map<String, String> idByRequest = new HashMap<>();
    private final Map<PeerId, String> idByBusyNode = new HashMap<>();

    /** Adds or replaces, and forgets what was over first if there are too many. Never one whose nodes still serve it: they learn from here that they may go. */
    void put(DirectoryEntry entry) {
        DirectoryEntry before = byId.get(entry.auctionId());
        if (entry.freed() && before != null && !before.freed()) {
            byId.remove(entry.auctionId());
        }
        byId.put(entry.auctionId(), entry);
        idByRequest.put(entry.assignment().requestId(), entry.auctionId());
        prune();
        indexNodes();
    }

    private void prune() {
        long over = byId.values().stream().filter(DirectoryEntry::freed).count();
        for (Iterator<DirectoryEntry> all = byId.values().iterator(); over > OVER_MAX && all.hasNext();) {
            DirectoryEntry entry = all.next();
            if (entry.freed()) {
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
