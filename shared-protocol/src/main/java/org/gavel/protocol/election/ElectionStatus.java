package org.gavel.protocol.election;

import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.identity.ViewId;

/**
 * What a watcher sees of one election.
 *
 * @param candidate  whether this member stands for election
 * @param best       largest candidate seen in this epoch (the own included), or NOBODY
 * @param leader     who was nominated in this epoch, or NOBODY
 * @param passed     tokens of this epoch that went on from here
 * @param swallowed  tokens of this epoch that ended here
 * @param hops       hops of the token that brought {@code best} here
 * @param successor  who gets the next token, or NOBODY when alone
 * @param because    why the election was started, or empty
 */
public record ElectionStatus(ElectionState state, ViewId view, long epoch, boolean candidate, Uid best, Uid leader, int passed,
                             int swallowed, int hops, Uid successor, String because) { }
