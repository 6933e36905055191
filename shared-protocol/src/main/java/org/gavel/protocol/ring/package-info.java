/**
 * The ring. Purpose: an agreed order of the servers, along which elections walk, and the duties that they have.
 * <p>Source: protocol.md sections 6 (RingView) and 8 (views are config entries of the ring's log); the proposal's 'maintain ring topology'.
 * <p>Messages: none of its own; a view travels as the payload of a config entry.
 * <p>States: {@link org.gavel.protocol.ring.Duty}, derived from the view and the directory.
 * <p>Invariants: a uid stands in a view at most once; views are immutable; a newcomer, or a member's newer start, stands at the end.
 * <p>Limits: {@link org.gavel.protocol.ring.RingView#MEMBERS_MAX} members.
 * <p>Tested in {@code RingViewTest}.
 */
package org.gavel.protocol.ring;
