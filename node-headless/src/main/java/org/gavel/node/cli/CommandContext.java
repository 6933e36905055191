package org.gavel.node.cli;

import java.io.InputStream;
import java.util.Map;
import org.gavel.node.client.AuctionHouse;

/**
 * What commands need of the world around them, so that tests and the shell can stand in their own.
 *
 * @param lines       where lines go
 * @param in          standard input
 * @param interactive true if a person sits at the terminal and can be asked
 * @param environment of the process
 * @param opener      how to reach the auction house
 * @param shell       the shell in which the command runs, or null: one shot
 */
record CommandContext(Lines lines, InputStream in, boolean interactive, Map<String, String> environment, Opener opener, Shell shell) {
    /** Opens a connection to the auction house. */
    interface Opener {
        AuctionHouse open(ClientOptions options);
    }

    CommandContext within(Shell itsShell, Lines itsLines, Opener itsOpener) {
        return new CommandContext(itsLines, in, interactive, environment, itsOpener, itsShell);
    }
}
