/** The Timeline screen: event log and space-time diagram. Source: desktop.md. */
package org.gavel.desktop.timeline;
