/** What the window's tests share: a feed that says what it is told, a window on it, statuses of a made-up ring. */
package org.gavel.desktop.testing;
