/**
 * What every screen and the window agree on. Purpose: {@link org.gavel.desktop.screen.Screen} is what the window asks of a screen,
 * {@link org.gavel.desktop.screen.Desk} what a screen may ask of the window; screens do not know each other.
 * <p>Source: desktop.md ('How it is built'). Invariants: everything here is called on the FX thread; the pump is the only hand-over to it.
 * <p>Limits: at most 20 ticks a second. Tested in {@code MainWindowTest}.
 */
package org.gavel.desktop.screen;
