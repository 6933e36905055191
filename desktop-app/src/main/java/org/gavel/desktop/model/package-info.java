/**
 * What the window shows, without the window. Purpose: {@link org.gavel.desktop.model.ClusterModel} turns a feed's frames into immutable
 * {@link org.gavel.desktop.model.ClusterView}s, so that nine tests in ten need no toolkit.
 * <p>Source: desktop.md ('Honesty of the display'). States: {@link org.gavel.desktop.model.Health} and
 * {@link org.gavel.desktop.model.ClusterView.Connection}.
 * <p>Invariants: nobody is shown alive who missed two beats; a dead node keeps its place and its last values; the order of the circle changes
 * only when the ring's order does; no clock but the feed's.
 * <p>Limits: those of the feed. Tested in {@code ClusterModelTest}.
 */
package org.gavel.desktop.model;
