package org.gavel.node.hostile;

import com.google.gson.JsonPrimitive;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.gavel.node.simulation.SimulatedClient;
import org.gavel.node.simulation.SimulatedNode;
import org.gavel.node.simulation.World;
import org.gavel.protocol.host.simulation.Sent;
import org.gavel.protocol.host.simulation.SimulatedHost;
import org.gavel.protocol.identity.Address;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.wire.DatagramCodec;
import org.gavel.protocol.wire.DatagramHeader;
import org.gavel.protocol.wire.MalformedException;
import org.gavel.protocol.wire.Message;
import org.gavel.protocol.wire.MessageCodec;
import org.gavel.protocol.wire.MessageType;

/** What falls on a cluster. */
final class Rain {
    /** Who sends it. */
    enum Source {
        /** The network: every real datagram, damaged on its way in many ways. */
        DAMAGE,
        /** Parties that are none of the cluster's, with right checksums, in the words that anybody may say to a cluster; and with whatever is no message. */
        GUESTS,
        /** Anybody, in all words, in the names of strangers, nodes and clients, on their links: nothing but sealing can stop that. */
        FORGERS
    }

    /** What anybody may say. Bids of strangers are bids. */
    private static final Set<MessageType> WORDS_OF_GUESTS = EnumSet.of(MessageType.HELLO, MessageType.LOOKUP, MessageType.PROBE, MessageType.SUBSCRIBE, MessageType.REQUEST,
        MessageType.ATTACH, MessageType.SUBMIT, MessageType.DELIVERED_UP_TO);
    /** Asked of the operator's word, which is obeyed. */
    private static final List<String> WORDS_OF_OPERATORS = List.of("start", "forget", "release");
    private static final int STRANGERS = 40;
    private static final int FRAMES_MAX = 3;
    private static final byte[] NOTHING = {};
    private static final long[] SEQUENCES = {0, 0, 0, 1, 1, 1, 2, 3, 20, 63, 64, 65, 1_000, Long.MAX_VALUE, Long.MAX_VALUE - 1};

    private final World world;
    private final Traffic traffic;
    private final Source source;
    private final SplittableRandom random;
    private final SimulatedHost sender;
    private final long cluster;
    private final MessageCodec codec = new MessageCodec();
    private final List<JsonPrimitive> known = new ArrayList<>();
    private final Mutator mutator;
    /** The latest real datagrams, for those that are damaged or forged on their links. */
    private final byte[][] latest = new byte[256][];
    private final Address[] latestTo = new Address[256];
    private int seen;
    private boolean own;
    private long[] groups = {0, 1, 2};

    Rain(World world, Traffic traffic, Source source, long seed) {
        this.world = world;
        this.traffic = traffic;
        this.source = source;
        random = new SplittableRandom(seed);
        sender = world.newHost("mallory");
        sender.hearBroadcasts(false);
        cluster = DatagramCodec.clusterId(world.settings().cluster());
        known.add(new JsonPrimitive("x"));
        mutator = new Mutator(random, known);
        world.network().onSend(sent -> !own && !sent.to().equals(Address.NONE) && sent.length() >= DatagramHeader.BYTES, this::note);
    }

    private void note(Sent sent) {
        int place = seen++ & latest.length - 1;
        latest[place] = Arrays.copyOf(sent.datagram(), sent.length());
        latestTo[place] = sent.to();
    }

    /** Lets so many fall at this instant, or a few more; returns how many. */
    int fall(int count, String auctionId) {
        learn(auctionId);
        own = true;
        int fallen = 0;
        while (fallen < count) {
            byte[] datagram;
            Address to;
            int place = random.nextInt(Math.max(1, Math.min(seen, latest.length)));
            if (source == Source.DAMAGE) {
                datagram = mutator.bytes(latest[place], 0);
                to = latestTo[place];
            } else {
                datagram = source == Source.FORGERS && random.nextBoolean() ? onALink(latest[place]) : made();
                to = source == Source.FORGERS && random.nextInt(4) > 0 ? latestTo[place] : anyone();
            }
            sender.send(to, datagram, datagram.length);
            fallen++;
            if (source != Source.DAMAGE && random.nextInt(20) == 0) {
                fallen += large(to);
            }
        }
        own = false;
        return fallen;
    }

    private Address anyone() {
        int one = random.nextInt(world.nodes().size() + world.clients().size());
        return one < world.nodes().size() ? world.nodes().get(one).self().address() : world.clients().get(one - world.nodes().size()).host().address();
    }

    /** What a forger would know by listening. */
    private void learn(String auctionId) {
        known.clear();
        List<Long> numbers = new ArrayList<>(List.of(0L, 1L, 2L, 3L, 4L, 5L));
        known.add(new JsonPrimitive(auctionId));
        for (SimulatedNode node : world.livingNodes()) {
            known.add(new JsonPrimitive(node.uid().toString()));
            known.add(new JsonPrimitive(node.self().incarnation()));
            known.add(new JsonPrimitive(node.self().address().toString()));
            if (node.inside().ringGroup() != null) {
                numbers.add(node.inside().foundation());
                known.add(new JsonPrimitive(node.inside().foundation()));
                known.add(new JsonPrimitive(node.inside().ringGroup().epoch()));
                known.add(new JsonPrimitive(node.inside().ringGroup().epoch() + 1));
                known.add(new JsonPrimitive(node.inside().ringGroup().lastIndex()));
            }
            if (node.inside().auctionGroup() != null) {
                known.add(new JsonPrimitive(node.inside().auctionGroup().epoch() + 1));
                known.add(new JsonPrimitive(node.inside().auctionGroup().lastIndex()));
            }
        }
        groups = numbers.stream().mapToLong(Long::longValue).toArray();
    }

    // ---------------------------------------------------------------- datagrams with right checksums

    /** A real datagram of a moment ago, with its sender and its link, and other contents. */
    private byte[] onALink(byte[] real) {
        byte[] datagram = switch (random.nextInt(3)) {
            case 0 -> mutator.bytes(real, DatagramCodec.CHECKED_FROM);
            case 1 -> mutator.bytes(real, Math.min(real.length - 1, DatagramHeader.BYTES));
            default -> Arrays.copyOf(real, DatagramHeader.BYTES + append(real, DatagramHeader.BYTES, new byte[DatagramCodec.DATAGRAM_BYTES_MAX]));
        };
        if (datagram.length == real.length && random.nextBoolean()) {
            byte[] longer = Arrays.copyOf(real, DatagramCodec.DATAGRAM_BYTES_MAX);
            int length = DatagramHeader.BYTES + append(real, DatagramHeader.BYTES, longer);
            datagram = Arrays.copyOf(longer, length);
        }
        protect(datagram);
        return datagram;
    }

    /** Messages behind a header of one's own making. */
    private byte[] made() {
        byte[] buffer = new byte[DatagramCodec.DATAGRAM_BYTES_MAX];
        int length;
        if (random.nextInt(50) == 0) {
            length = random.nextInt(buffer.length);
            byte[] noise = new byte[length];
            random.nextBytes(noise);
            System.arraycopy(noise, 0, buffer, 0, length);
            new DatagramHeader(0, cluster, from(), PeerId.UNKNOWN, 0, 0, 0, 0, 0).write(buffer);
            length = Math.max(length, DatagramHeader.BYTES);
        } else {
            boolean fragment = random.nextInt(10) == 0;
            header(fragment).write(buffer);
            length = fragment ? fragment(buffer) : DatagramHeader.BYTES + append(null, DatagramHeader.BYTES, buffer);
        }
        byte[] datagram = Arrays.copyOf(buffer, length);
        if (random.nextInt(20) == 0) {
            datagram = mutator.bytes(datagram, 2);
        }
        protect(datagram);
        return datagram;
    }

    private static void protect(byte[] datagram) {
        if (datagram.length >= DatagramCodec.CHECKED_FROM) {
            DatagramCodec.protect(datagram, datagram.length);
        }
    }

    private DatagramHeader header(boolean fragment) {
        boolean numbered = random.nextInt(3) > 0;
        int flags = (fragment ? DatagramHeader.FRAGMENT : 0) | (random.nextInt(3) > 0 ? DatagramHeader.OPEN : 0) | (random.nextInt(16) == 0 ? random.nextInt(64) : 0);
        PeerId to = receiver();
        int link = 1 + (random.nextInt(10) == 0 ? random.nextInt(Integer.MAX_VALUE - 1) : random.nextInt(3));
        long sequence = numbered ? 1 + Math.min(Long.MAX_VALUE - 1, SEQUENCES[random.nextInt(SEQUENCES.length)]) : 0;
        return new DatagramHeader(flags, cluster, from(), to, numbered ? link : 0, sequence, random.nextInt(4), SEQUENCES[random.nextInt(SEQUENCES.length)], random.nextLong());
    }

    private PeerId from() {
        if (source == Source.FORGERS && random.nextBoolean()) {
            return random.nextInt(4) == 0 ? client() : world.nodes().get(random.nextInt(world.nodes().size())).self().peer();
        }
        long stranger = random.nextInt(100) == 0 ? random.nextLong() | 1 : 0xBAD0_0000_0000_0000L + random.nextInt(STRANGERS);
        return new PeerId(new Uid(stranger), 1 + random.nextInt(3));
    }

    private PeerId client() {
        SimulatedClient client = world.clients().get(random.nextInt(world.clients().size()));
        return new PeerId(client.uid(), 1);
    }

    private PeerId receiver() {
        PeerId node = world.nodes().get(random.nextInt(world.nodes().size())).self().peer();
        return random.nextInt(3) == 0 ? PeerId.UNKNOWN : node;
    }

    /** Puts one to three changed messages behind one another; returns their bytes. */
    private int append(byte[] real, int from, byte[] buffer) {
        int at = from;
        for (int i = 1 + random.nextInt(FRAMES_MAX); i > 0; i--) {
            byte[] frame = frame();
            if (frame.length > 0 && at + 2 + frame.length <= buffer.length) {
                at = DatagramCodec.putMessage(buffer, at, frame);
            }
        }
        return at - from;
    }

    private int fragment(byte[] buffer) {
        int total = random.nextInt(4) == 0 ? 1_100_000 : random.nextInt(20_000) + 1;
        int length = Math.min(total, 1 + random.nextInt(DatagramCodec.FRAGMENT_BYTES_MAX));
        return DatagramCodec.putFragment(buffer, DatagramHeader.BYTES, random.nextInt(3), new byte[total], random.nextInt(3) == 0 ? 0 : random.nextInt(total - length + 1), length);
    }

    private byte[] frame() {
        MessageType type = anyWord();
        List<byte[]> real = traffic.frames.get(type);
        byte[] frame = real.get(random.nextInt(real.size()));
        frame = switch (random.nextInt(8)) {
            case 0 -> mutator.bytes(frame, 0);
            case 1 -> mutator.frame(frame, groups);
            default -> mutator.json(random.nextInt(3) > 0 ? toLiveGroup(frame) : frame);
        };
        return source == Source.GUESTS ? asGuest(frame) : frame.length > 0 && frame[0] == MessageType.FAULT.code() ? NOTHING : frame;
    }

    private MessageType anyWord() {
        Object[] words = source == Source.GUESTS && random.nextInt(4) > 0 ? WORDS_OF_GUESTS.toArray() : MessageType.values();
        return (MessageType) words[random.nextInt(words.length)];
    }

    /** Under a stranger's name; nothing if it can be read and is no word of guests. */
    private byte[] asGuest(byte[] frame) {
        byte[] named = new String(frame, StandardCharsets.ISO_8859_1).replace("b1dd", "bad0").getBytes(StandardCharsets.ISO_8859_1);
        try {
            Message message = codec.decode(named, 0, named.length).message();
            boolean operator = message instanceof Message.Request request && WORDS_OF_OPERATORS.contains(request.kind());
            return operator || !WORDS_OF_GUESTS.contains(message.type()) ? NOTHING : named;
        } catch (MalformedException e) {
            return named;
        }
    }

    /** A message that needs several datagrams, whole or with some of its fragments missing; returns how many left. */
    private int large(Address to) {
        byte[] frame = frame();
        int sent = 0;
        int number = random.nextInt(1_000);
        byte[] buffer = new byte[DatagramCodec.DATAGRAM_BYTES_MAX];
        PeerId from = from();
        PeerId receiver = receiver();
        for (int at = 0; at < frame.length && frame.length > DatagramCodec.FRAGMENT_BYTES_MAX; at += DatagramCodec.FRAGMENT_BYTES_MAX) {
            new DatagramHeader(DatagramHeader.FRAGMENT, cluster, from, receiver, 0, 0, 0, 0, 0).write(buffer);
            int length = DatagramCodec.putFragment(buffer, DatagramHeader.BYTES, number, frame, at, Math.min(DatagramCodec.FRAGMENT_BYTES_MAX, frame.length - at));
            DatagramCodec.protect(buffer, length);
            if (random.nextInt(12) > 0) {
                sender.send(to, buffer, length);
                sent++;
            }
        }
        return sent;
    }

    private byte[] toLiveGroup(byte[] frame) {
        if (frame.length < 9) {
            return frame;
        }
        byte[] moved = frame.clone();
        java.nio.ByteBuffer.wrap(moved).putLong(1, groups[random.nextInt(groups.length)]);
        return moved;
    }
}
