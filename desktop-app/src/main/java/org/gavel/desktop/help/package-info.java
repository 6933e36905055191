/** The list of keys. Source: desktop.md. */
package org.gavel.desktop.help;
