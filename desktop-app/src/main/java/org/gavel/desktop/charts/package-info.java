/** The Charts screen. Source: desktop.md. */
package org.gavel.desktop.charts;
