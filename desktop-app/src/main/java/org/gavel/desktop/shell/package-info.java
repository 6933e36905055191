/**
 * The window around the screens: rail, bars, themes, keys, and the pump. Purpose: {@link org.gavel.desktop.shell.MainWindow} puts it together;
 * {@link org.gavel.desktop.shell.Pump} is the only way onto the FX thread.
 * <p>Source: desktop.md. Invariants: one tick under way at a time; opening and closing a feed never waits on the FX thread.
 * <p>Limits: {@code Pump.TASKS_MAX}. Tested in {@code MainWindowTest} and {@code StyleSheetTest}.
 */
package org.gavel.desktop.shell;
