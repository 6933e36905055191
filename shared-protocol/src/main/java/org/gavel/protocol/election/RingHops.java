package org.gavel.protocol.election;

import java.util.function.BiConsumer;
import org.gavel.protocol.host.Host;
import org.gavel.protocol.host.Timers;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.link.Links;
import org.gavel.protocol.wire.Message;

/**
 * One hop at a time: sends a token (or Elected) to the successor and again until it is acknowledged or given up. At most one of each
 * is under way: a larger token replaces the smaller one, whose fate no longer matters.
 */
final class RingHops {
    private enum Kind { TOKEN, ELECTED }

    private static final class Hop {
        final NodeRef to;
        final Message message;
        final long number;
        int resends;

        Hop(NodeRef to, Message message, long number) {
            this.to = to;
            this.message = message;
            this.number = number;
        }
    }

    private final long group;
    private final Links links;
    private final ElectionSettings settings;
    private final BiConsumer<NodeRef, String> onGivenUp;
    private final Timers<Kind> timers;
    private final Hop[] underWay = new Hop[Kind.values().length];
    private long lastNumber;
    private long tokensSent;
    private long electedSent;
    private long resends;
    private long repairs;

    RingHops(long group, Host host, Links links, ElectionSettings settings, BiConsumer<NodeRef, String> onGivenUp) {
        this.group = group;
        this.links = links;
        this.settings = settings;
        this.onGivenUp = onGivenUp;
        this.timers = new Timers<>(host, this::onTimer);
    }

    long nextNumber() {
        return ++lastNumber;
    }

    void sendToken(NodeRef to, Message.Token token, boolean repair) {
        if (repair) {
            repairs++;
        } else {
            tokensSent++;
        }
        send(Kind.TOKEN, new Hop(to, token, token.number()));
    }

    void sendElected(NodeRef to, Message.Elected elected, boolean repair) {
        if (repair) {
            repairs++;
        } else {
            electedSent++;
        }
        send(Kind.ELECTED, new Hop(to, elected, elected.number()));
    }

    void onAck(long number) {
        for (Kind kind : Kind.values()) {
            Hop hop = underWay[kind.ordinal()];
            if (hop != null && hop.number == number) {
                abandon(kind);
            }
        }
    }

    void abandonToken() {
        abandon(Kind.TOKEN);
    }

    void abandonAll() {
        abandon(Kind.TOKEN);
        abandon(Kind.ELECTED);
    }

    void abandonTo(NodeRef peer) {
        for (Kind kind : Kind.values()) {
            Hop hop = underWay[kind.ordinal()];
            if (hop != null && hop.to.sameStart(peer)) {
                abandon(kind);
            }
        }
    }

    ElectionCounters counters(long dropped) {
        return new ElectionCounters(tokensSent, electedSent, resends, repairs, dropped);
    }

    private void send(Kind kind, Hop hop) {
        underWay[kind.ordinal()] = hop;
        links.sendUnreliable(hop.to, group, hop.message);
        timers.set(kind, settings.hopResendMs());
    }

    private void abandon(Kind kind) {
        underWay[kind.ordinal()] = null;
        timers.cancel(kind);
    }

    private void onTimer(Kind kind) {
        Hop hop = underWay[kind.ordinal()];
        if (hop.resends == settings.hopResendsMax()) {
            abandon(kind);
            onGivenUp.accept(hop.to, "no acknowledgement after " + hop.resends + " resends");
            return;
        }
        hop.resends++;
        resends++;
        links.sendUnreliable(hop.to, group, hop.message);
        timers.set(kind, settings.hopResendMs());
    }
}
