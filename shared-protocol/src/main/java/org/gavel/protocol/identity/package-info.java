/**
 * Who is who. Purpose: name servers and clients so that a restart, a twin and a recycled port are told apart.
 * <p>Source: protocol.md section 1. Messages: none. States: none; all values are immutable records.
 * <p>Invariants: uids compare unsigned; an incarnation only grows; (uid, incarnation) never names two processes.
 * <p>Tested in {@code IdentityTest}.
 */
package org.gavel.protocol.identity;
