package org.gavel.protocol.client;

import org.gavel.protocol.host.Host;
import org.gavel.protocol.link.Links;

/** What all parts of one client share. */
record ClientContext(Host host, Links links, ClientSettings settings) { }
