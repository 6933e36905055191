/**
 * One message to many. Purpose: the two multicasts of the proposal.
 * <p>Source: Coulouris, Dollimore, Kindberg and Blair, chapter 15 (reliable multicast: validity, integrity, agreement; total order by a
 * sequencer); Birman's virtual synchrony for flushing before a view; protocol.md section 3.
 * <p><b>FIFO with agreement</b>, {@link org.gavel.protocol.multicast.FifoMulticast}. Messages: Multicast, Stability. Each member keeps what
 * it delivered until all members of that message's view have said so. Reports go round every 500 ms while anything is unstable, and once
 * after that. A member whose report stands still is sent again what it lacks, unnumbered, by the origin, or by anyone once the origin is dead. On a
 * death everyone passes the dead one's unstable messages on before the next view is installed, and whatever of it still arrives afterwards.
 * Each copy of a message says up to which number its sender keeps nothing, as all have that: a newcomer begins behind it, holds what is older than itself without
 * delivering it, and passes it on like the others; so nobody delivers a message whose predecessors another member could no longer get. Messages of a view to come wait
 * for it; a late one of a view that is over is still delivered: agreement counts for more than the very view. States of an origin: not heard yet, followed, ended; what waits for
 * a message that nobody brings any more is dropped after four reports.
 * <p>One that is put out alive gives its group up ({@code close}) and comes back as a newcomer, the same start: a number is that of the view with which its sender came
 * (upper 32 bits), and a count from 1, so that no two messages of a start bear the same one. Each stay has a log of its own, the former ones
 * as those of a dead origin: what it left unstable is still delivered, in order, even beside its new messages. Its reports of a former stay count for nothing. Of stays, and of origins,
 * that are forgotten nothing is taken any more, and whoever reports of them is told so; else it would report for ever.
 * <p><b>Total order</b>, {@link org.gavel.protocol.multicast.TotalOrderMulticast} and {@link org.gavel.protocol.multicast.OrderedReceiver}.
 * Messages: Delivered. The group's leader is the sequencer, the committed log the buffer. A participant that was level and no longer keeps up is
 * cut at once; one that is catching up is served as its window allows.
 * <p>Invariants: per stay of an origin in order and once; if one correct member delivers, all of that view do; every participant delivers the same
 * sequence without a gap, each entry's checksum following from the one before.
 * <p>Limits: 1,024 unstable and as many early messages per origin, 1,024 of views to come, 512 origins, 4 former stays of each; 10,000 participants, 1,180 bytes
 * of entries in a message.
 * <p>Tested in {@code FifoMulticastTest}, {@code LongAwayTest}, {@code ChangingViewsTest} (20,000 seeds by hand: {@code -Dgavel.views.seeds=20000}), {@code TotalOrderMulticastTest}; in whole clusters by the campaign's {@code MulticastCheck}.
 */
package org.gavel.protocol.multicast;
