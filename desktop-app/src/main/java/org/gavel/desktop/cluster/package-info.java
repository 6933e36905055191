/** The Cluster screen: the ring and the inspector. Source: desktop.md. */
package org.gavel.desktop.cluster;
