/**
 * What can be auctioned. Purpose: the items that a node brings along, built in or from a file.
 * <p>Source: protocol.md section 8 (catalogue); the proposal's interface to a database of items. The state of an item (available,
 * claimed, sold) is replicated: {@code org.gavel.node.directory}.
 * <p>Messages: none. States: none.
 * <p>Invariants: ids are distinct and can be said aloud; prices lie within {@code Money.AMOUNT_CENTS_MAX}; whatever is wrong with a file
 * is said in a sentence before the node starts.
 * <p>Limits: {@link org.gavel.node.catalogue.ItemCatalogue#ITEMS_MAX}, {@link org.gavel.node.catalogue.ItemsFile#FILE_BYTES_MAX}.
 * <p>Tested in {@code ItemsFileTest}.
 */
package org.gavel.node.catalogue;
