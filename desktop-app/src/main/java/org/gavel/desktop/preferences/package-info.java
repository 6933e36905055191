/** The person's settings, and the screen that changes them. Source: desktop.md. */
package org.gavel.desktop.preferences;
