/** The Auctions screen: board, detail, start form and bid ticket. Source: desktop.md. */
package org.gavel.desktop.auctions;
