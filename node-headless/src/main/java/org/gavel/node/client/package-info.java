/**
 * The auction house for programs with threads of their own.
 * <p>Purpose: {@link org.gavel.node.client.GavelClient} runs one {@link org.gavel.protocol.client.AuctionClient} on a real host and makes it
 * callable from any thread; terminal, window and benchmark use it and nothing below.
 * <p>Source: protocol.md section 10 ('Terminal and window use one AuctionClient'). Messages, states, invariants: those of
 * {@code org.gavel.protocol.client}.
 * <p>Limits: the host's bound on posted tasks (65,536); beyond it a call is refused.
 * <p>Tested in {@code GavelClientTest}.
 */
package org.gavel.node.client;
