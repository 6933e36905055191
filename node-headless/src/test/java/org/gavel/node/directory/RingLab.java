package org.gavel.node.directory;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.gavel.node.catalogue.ItemCatalogue;
import org.gavel.protocol.auction.Outcome;
import org.gavel.protocol.auction.Standing;
import org.gavel.protocol.identity.Address;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.ProcessIdentity;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.ring.Member;
import org.gavel.protocol.ring.RingView;
import org.gavel.protocol.wire.Acceptor;
import org.gavel.protocol.wire.LogEntry;
import org.gavel.protocol.wire.MalformedException;

/** A ring's state under test, driven by log entries as a replica is. Node n has uid n and incarnation 1; node 1 is the first INM. */
final class RingLab {
    final RingState state = new RingState();
    private long index;

    static NodeRef node(int n) {
        return node(n, 1);
    }

    static NodeRef node(int n, long incarnation) {
        return new NodeRef(new Uid(n), incarnation, new Address(0x7f000001, 4000 + n), "n" + n, ProcessIdentity.UNKNOWN);
    }

    static List<NodeRef> nodes(int... numbers) {
        List<NodeRef> nodes = new ArrayList<>();
        for (int n : numbers) {
            nodes.add(node(n));
        }
        return nodes;
    }

    static RingView ring(int size) {
        List<Member> members = new ArrayList<>();
        for (int n = 1; n <= size; n++) {
            members.add(new Member(node(n), 100 + n));
        }
        return RingView.founding(77, 1, members, new Uid(1));
    }

    /** A ring of that size with the built-in items. */
    static RingLab of(int size) {
        RingLab lab = new RingLab();
        lab.install(ring(size));
        lab.say(new RingCommand.Catalogue(ItemCatalogue.samples().items()));
        return lab;
    }

    static LogEntry entry(long index, LogEntry.Kind kind, byte[] body) {
        return LogEntry.create(0, 1, index, 0, kind, Uid.NOBODY, 0, 0, 0, body);
    }

    void install(RingView view) {
        String body = "{\"acceptors\":[],\"payload\":" + RingState.payload(view) + "}";
        state.apply(entry(++index, LogEntry.Kind.CONFIG, body.getBytes(StandardCharsets.UTF_8)));
    }

    RingOutcome say(RingCommand command) {
        return say(command.toBytes());
    }

    RingOutcome say(byte[] body) {
        try {
            return RingOutcome.fromJson(state.apply(entry(++index, LogEntry.Kind.COMMAND, body)));
        } catch (MalformedException e) {
            throw new AssertionError("an outcome that cannot be read", e);
        }
    }

    static RingCommand.Claim claim(String itemId, String requestId, int... nodes) {
        List<Acceptor> acceptors = nodes(nodes).stream().limit(3).map(n -> new Acceptor(n, 500 + n.uid().value())).toList();
        return new RingCommand.Claim(new RingCommand.Start(itemId, requestId, new Uid(0xc1), "Mika", 60_000, null, null), nodes(nodes), acceptors);
    }

    static String closed(boolean sold) {
        return text(new Outcome("closed", Outcome.Result.ACCEPTED, Uid.NOBODY, "", 0, new Standing(50_00, new Uid(0xa), "Ana", 55_00, 1, 60_000),
                sold, sold ? "" : "reserve"));
    }

    static String cancelled() {
        return text(new Outcome("cancelled", Outcome.Result.ACCEPTED, Uid.NOBODY, "", 0, Standing.NONE, false, "too few copies left"));
    }

    private static String text(Outcome outcome) {
        return new String(outcome.toJson(), StandardCharsets.UTF_8);
    }
}
