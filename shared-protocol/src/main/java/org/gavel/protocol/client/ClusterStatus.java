package org.gavel.protocol.client;

import java.util.List;

/**
 * Answer to {@code status}.
 *
 * @param viewId   epoch and number of the installed view
 * @param inm      uid of the INM (16 hex digits), or null
 * @param nodes    in ring order
 * @param notice   what a person should know, such as 'read-only: 2 of 6 members here'; or null
 */
public record ClusterStatus(String cluster, String viewId, String inm, List<NodeInfo> nodes, List<AuctionInfo> auctions, String notice) {
    public ClusterStatus {
        nodes = nodes == null ? List.of() : List.copyOf(nodes);
        auctions = auctions == null ? List.of() : List.copyOf(auctions);
    }

    /**
     * The node that a person means by its name, a prefix of its uid's hex digits, or its address.
     *
     * @throws RefusedException if none or several fit
     */
    public NodeInfo resolve(String node) {
        String wanted = node.toLowerCase(java.util.Locale.ROOT);
        String hex = wanted.startsWith("0x") ? wanted.substring(2) : wanted;
        List<NodeInfo> exact = nodes.stream().filter(n -> n.name().equalsIgnoreCase(node) || n.address().equals(node)).toList();
        List<NodeInfo> fitting = exact.isEmpty() ? nodes.stream().filter(n -> !hex.isEmpty() && n.uid().startsWith(hex)).toList() : exact;
        if (fitting.size() == 1) {
            return fitting.get(0);
        }
        if (fitting.isEmpty()) {
            throw new RefusedException("no node here is called '" + node + "'; 'status' shows names, uids and addresses");
        }
        throw new RefusedException("'" + node + "' fits " + fitting.size() + " nodes; give more digits of the uid, or the address");
    }
}
