package org.gavel.node.hostile;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gavel.node.simulation.SimulatedNode;
import org.gavel.node.simulation.WorldSettings;
import org.gavel.protocol.host.simulation.Faults;
import org.gavel.protocol.host.simulation.Sent;
import org.gavel.protocol.identity.Address;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.ProcessIdentity;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.identity.ViewId;
import org.gavel.protocol.wire.DatagramCodec;
import org.gavel.protocol.wire.DatagramHeader;
import org.gavel.protocol.wire.LogEntry;
import org.gavel.protocol.wire.Message;
import org.gavel.protocol.wire.MessageCodec;
import org.gavel.protocol.wire.MessageType;

/** Message frames of real traffic, by type: what a cluster says to itself in an auction with loss, crashes of every role, take-overs and restarts. */
final class Traffic {
    /** Frames kept of each type, spread over the run. */
    private static final int FRAMES_MAX = 64;
    private static final int BIDS = 60;

    final Map<MessageType, List<byte[]>> frames = new EnumMap<>(MessageType.class);
    private final Map<MessageType, Integer> met = new EnumMap<>(MessageType.class);

    private final Map<String, byte[]> unfinished = new LinkedHashMap<>();

    private Traffic() { }

    static Traffic record(long seed) {
        Traffic traffic = new Traffic();
        Auctioning house = new Auctioning(seed, WorldSettings.DEFAULTS.withRecentEvents(0));
        house.world.network().onSend(sent -> true, traffic::note);
        house.world.newHost("watcher");
        house.startAuction();
        house.world.faults(Faults.NONE.withLoss(5).withDuplicates(2).withReordering(5));
        for (int bid = 0; bid < BIDS; bid++) {
            house.bid(bid);
            house.world.run(300);
            if (bid == 15) {
                restartLater(house, house.world.active(house.auctionId()));
            } else if (bid == 30) {
                restartLater(house, house.world.manager());
            } else if (bid == 40 && !house.world.followers(house.auctionId()).isEmpty()) {
                restartLater(house, house.world.followers(house.auctionId()).get(0));
            } else if (bid == 45) {
                house.bidders.get(0).client().list();
                house.bidders.get(0).client().status();
                house.bidders.get(1).client().fault("jade", "isolate", 10);
                house.bidders.get(1).client().fault("birch", "isolate", 1_500);
            }
        }
        house.world.faults(Faults.NONE);
        house.settleAndJudge();
        traffic.made();
        return traffic;
    }

    private static void restartLater(Auctioning house, SimulatedNode node) {
        if (node != null) {
            node.kill();
            house.world.run(2_500);
            house.world.restart(node, false, false);
        }
    }

    private void note(Sent sent) {
        byte[] datagram = Arrays.copyOf(sent.datagram(), sent.length());
        if ((datagram[3] & DatagramHeader.REFUSAL) != 0) {
            return;
        }
        if ((datagram[3] & DatagramHeader.FRAGMENT) != 0) {
            join(sent.from() + ">" + sent.to(), datagram);
            return;
        }
        for (int at = DatagramHeader.BYTES; at < datagram.length;) {
            int length = DatagramCodec.shortAt(datagram, at);
            keep(Arrays.copyOfRange(datagram, at + 2, at + 2 + length));
            at += 2 + length;
        }
    }

    /** Fragments leave in order; one that was sent again spoils its message, which is then met another time. */
    private void join(String way, byte[] datagram) {
        int total = DatagramCodec.intAt(datagram, DatagramHeader.BYTES + 4);
        int offset = DatagramCodec.intAt(datagram, DatagramHeader.BYTES + 8);
        int from = DatagramHeader.BYTES + DatagramCodec.FRAGMENT_HEADER_BYTES;
        byte[] before = offset == 0 ? new byte[0] : unfinished.remove(way);
        if (before == null || before.length != offset) {
            return;
        }
        byte[] joined = Arrays.copyOf(before, offset + datagram.length - from);
        System.arraycopy(datagram, from, joined, offset, datagram.length - from);
        if (joined.length == total) {
            keep(joined);
        } else {
            unfinished.put(way, joined);
        }
    }

    /** What this run happens not to say, or says too seldom. */
    private void made() {
        Uid one = new Uid(0x0100L << 48);
        NodeRef node = new NodeRef(one, 1, new Address(0x0A000001, 40_001), "amber", ProcessIdentity.UNKNOWN);
        ViewId view = new ViewId(1, 1, 2);
        byte[] entry = LogEntry.create(0, 1, 5, 10, LogEntry.Kind.COMMAND, one, 7, 1, 1, "{\"type\":\"leave\"}".getBytes(StandardCharsets.UTF_8)).bytes();
        MessageCodec codec = new MessageCodec();
        for (Message message : List.of(new Message.Refused("version", "no"), new Message.ProbeReply(7, node.peer()), new Message.Verdict(node, true, "gone"),
            new Message.Goodbye(node.peer()), new Message.Promise(2, 7, 1, 5, 5, 0, entry), new Message.PromiseRefused(2, 3, entry), new Message.Fetch(2, 4),
            new Message.Fetched(2, 4, true, entry), new Message.Fenced(1, 2), new Message.ElectionStale(view, 2), new Message.Mismatch(2, 4, 5), new Message.PromiseRefused(1, 2, entry), new Message.Settled("lamp-1"), new Message.CloseTo("lamp-1"),
            new Message.ClosedTo("lamp-1", true, ""), new Message.NotCounted("lamp-1", "no"), new Message.ResendFrom(7, 1), new Message.Answer(7, 1, 5, "{\"type\":\"leave\",\"result\":\"accepted\"}"),
            new Message.Notice("paused", "paused: 1 of 3 followers"), new Message.Over(view, "goes on without you"), new Message.Subscribe(10_000, true), new Message.Status(1, "{}"), new Message.Traces(0, "[]"),
            new Message.SnapshotPiece(2, 5, 1, 7, 5, 0, entry.length, entry))) {
            for (long group : new long[] {0, 1, 2}) {
                keep(codec.encode(group, message));
            }
        }
        for (MessageType type : MessageType.values()) {
            if (!frames.containsKey(type)) {
                throw new AssertionError("no sample of " + type + ": let the run meet it, or make one");
            }
        }
    }

    private void keep(byte[] frame) {
        MessageType type = MessageType.ofCode(frame[0]);
        if (type == MessageType.MULTICAST) {
            int json = ByteBuffer.wrap(frame).getInt(9);
            keep(Arrays.copyOfRange(frame, 13 + json, frame.length));
        }
        int count = met.merge(type, 1, Integer::sum);
        List<byte[]> kept = frames.computeIfAbsent(type, t -> new ArrayList<>());
        if (kept.size() < FRAMES_MAX) {
            kept.add(frame);
        } else if (Integer.bitCount(count) <= 2) {
            // Later ones take the places of early ones, ever more rarely: the whole run is in the corpus.
            kept.set(count % FRAMES_MAX, frame);
        }
    }
}
