/** The jar as people start it, in processes of its own: run by {@code mvn verify}, behind the package phase. */
package org.gavel.desktop.process;
