/** Pictures of a screen as files. Source: desktop.md ({@code --snapshot}). Tested in {@code ClusterPicturesTest}. */
package org.gavel.desktop.snapshot;
