/**
 * The person's settings: {@link org.gavel.desktop.preferences.Preferences}, kept by {@link org.gavel.desktop.preferences.PreferencesFile} as JSON in the configuration folder of
 * the operating system, and the screen that changes them.
 * <p>Source: desktop.md ('Preferences'). Invariants: a file that cannot be read never keeps the window from opening, and is put aside, not overwritten. Limits: those of each setting.
 * Tested in {@code PreferencesTest}.
 */
package org.gavel.desktop.preferences;
