package org.gavel.protocol.multicast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.gavel.protocol.identity.Address;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.identity.ProcessIdentity;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.link.Links;
import org.gavel.protocol.wire.LogEntry;
import org.gavel.protocol.wire.MalformedException;
import org.gavel.protocol.wire.Message;
import org.junit.jupiter.api.Test;

class TotalOrderMulticastTest {
    private static final NodeRef ANNA = participant(1);
    private static final NodeRef BEN = participant(2);

    private record Sent(NodeRef to, Message.Delivered message) { }

    /** Links that keep what is sent, with a window per test. */
    private static final class Window implements Links {
        final List<Sent> sent = new ArrayList<>();
        int room = Integer.MAX_VALUE;
        NodeRef fullFor;

        @Override
        public boolean send(NodeRef to, long group, Message message) {
            if (room == 0 || to.equals(fullFor)) {
                return false;
            }
            room--;
            sent.add(new Sent(to, (Message.Delivered) message));
            return true;
        }

        @Override
        public int room(NodeRef to) {
            return room;
        }

        @Override
        public void sendUnreliable(NodeRef to, long group, Message message) { }

        @Override
        public void sendUnreliable(Address to, PeerId receiver, long group, Message message) { }

        @Override
        public void broadcast(long group, Message message) { }

        @Override
        public void close(NodeRef peer) { }

        @Override
        public long roundTripMicros(NodeRef peer) {
            return 0;
        }

        @Override
        public long resendTimerMs(NodeRef peer) {
            return 30;
        }
    }

    private static final class Log implements EntrySource {
        final List<LogEntry> entries = new ArrayList<>();
        long first = 1;

        void append(int count, int bodyBytes) {
            for (int i = 0; i < count; i++) {
                long previous = entries.isEmpty() ? 0 : entries.get(entries.size() - 1).checksum();
                entries.add(LogEntry.create(previous, 1, entries.size() + 1, 0, LogEntry.Kind.COMMAND, new Uid(9), 1, entries.size() + 1, 1,
                        new byte[bodyBytes]));
            }
        }

        @Override
        public long firstIndex() {
            return first;
        }

        @Override
        public long committedIndex() {
            return entries.size();
        }

        @Override
        public LogEntry entry(long index) {
            return entries.get((int) index - 1);
        }

        @Override
        public byte[] outcome(long index) {
            return ("{\"index\":" + index + "}").getBytes(StandardCharsets.UTF_8);
        }
    }

    private static final class Notebook implements OrderedReceiver.Sink {
        final List<Long> indices = new ArrayList<>();
        final List<Long> needed = new ArrayList<>();

        @Override
        public void onEntry(LogEntry entry, byte[] outcome) {
            assertThat(new String(outcome, StandardCharsets.UTF_8)).isEqualTo("{\"index\":" + entry.index() + "}");
            indices.add(entry.index());
        }

        @Override
        public void needFrom(long index) {
            needed.add(index);
        }
    }

    private final Window links = new Window();
    private final Log log = new Log();
    private final List<NodeRef> cut = new ArrayList<>();
    private final TotalOrderMulticast multicast = new TotalOrderMulticast(links, 5, log, cut::add);

    private static NodeRef participant(long uid) {
        return new NodeRef(new Uid(uid), 100, new Address(1, 1), "", ProcessIdentity.UNKNOWN);
    }

    private Notebook received(NodeRef by, long from) {
        Notebook notebook = new Notebook();
        OrderedReceiver receiver = new OrderedReceiver(notebook);
        receiver.start(from);
        links.sent.stream().filter(s -> s.to().equals(by)).forEach(s -> take(receiver, s.message()));
        return notebook;
    }

    private static void take(OrderedReceiver receiver, Message.Delivered message) {
        try {
            receiver.onDelivered(message);
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldDeliverTheSameSequenceToAllFromWhereEachStands() {
        log.append(10, 200);
        multicast.attach(ANNA, 1);
        multicast.attach(BEN, 8);
        log.append(10, 200);
        multicast.committed(1);

        assertThat(received(ANNA, 1).indices).hasSize(20).isSorted();
        assertThat(received(BEN, 8).indices).hasSize(13).startsWith(8L).isSorted();
    }

    @Test
    void shouldBuildOnceWhatSeveralNeedAtTheSamePlaceAndFitItIntoADatagram() {
        multicast.attach(ANNA, 1);
        multicast.attach(BEN, 1);
        log.append(10, 200);
        multicast.committed(1);

        List<Message.Delivered> anna = links.sent.stream().filter(s -> s.to().equals(ANNA)).map(Sent::message).toList();
        List<Message.Delivered> ben = links.sent.stream().filter(s -> s.to().equals(BEN)).map(Sent::message).toList();
        assertThat(anna).hasSize(3).allSatisfy(m -> assertThat(m.bytes().length).isLessThanOrEqualTo(1180));
        assertThat(ben).hasSameSizeAs(anna);
        for (int i = 0; i < anna.size(); i++) {
            assertThat(ben.get(i)).isSameAs(anna.get(i));
        }
    }

    @Test
    void shouldDeliverAnEntryLargerThanADatagramAlone() {
        multicast.attach(ANNA, 1);
        log.append(1, 100);
        log.append(1, 100_000);
        log.append(1, 100);
        multicast.committed(1);

        assertThat(links.sent).hasSize(3);
        assertThat(received(ANNA, 1).indices).containsExactly(1L, 2L, 3L);
    }

    @Test
    void shouldCutAParticipantAtOnceThatWasLevelAndDoesNotKeepUp() {
        multicast.attach(ANNA, 1);
        multicast.attach(BEN, 1);
        assertThat(links.sent).isEmpty();
        log.append(1, 10);
        multicast.committed(1);
        links.fullFor = ANNA;
        log.append(1, 10);
        multicast.committed(2);

        assertThat(cut).containsExactly(ANNA);
        assertThat(multicast.isAttached(ANNA.peer())).isFalse();
        assertThat(received(BEN, 1).indices).containsExactly(1L, 2L);
    }

    @Test
    void shouldLetAParticipantCatchUpAsItsWindowAllows() {
        log.append(1000, 200);
        links.room = 10;
        multicast.attach(ANNA, 1);
        multicast.committed(1);
        assertThat(cut).isEmpty();
        while (multicast.isAttached(ANNA.peer()) && received(ANNA, 1).indices.size() < 1000) {
            links.room = 50;
            multicast.onRoom(ANNA);
        }

        assertThat(cut).isEmpty();
        assertThat(received(ANNA, 1).indices).hasSize(1000).isSorted();
    }

    @Test
    void shouldNotServeOneWhoStandsBeforeTheLogsFirstEntry() {
        log.append(10, 10);
        log.first = 5;
        multicast.attach(ANNA, 3);
        multicast.committed(1);

        assertThat(cut).containsExactly(ANNA);
        assertThat(links.sent).isEmpty();
    }

    @Test
    void shouldSkipWhatWasSeenAndAskOnceAboutAGap() throws MalformedException {
        multicast.attach(ANNA, 1);
        for (int i = 0; i < 4; i++) {
            log.append(1, 10);
            multicast.committed(1);
        }
        List<Message.Delivered> each = links.sent.stream().map(Sent::message).toList();
        Notebook notebook = new Notebook();
        OrderedReceiver receiver = new OrderedReceiver(notebook);
        receiver.onDelivered(each.get(0));
        assertThat(notebook.indices).as("not started").isEmpty();
        receiver.start(1);
        receiver.onDelivered(each.get(0));
        receiver.onDelivered(each.get(0));
        receiver.onDelivered(each.get(2));
        receiver.onDelivered(each.get(3));
        assertThat(notebook.needed).containsExactly(2L);
        receiver.onDelivered(each.get(1));
        receiver.onDelivered(each.get(2));
        receiver.onDelivered(each.get(3));

        assertThat(notebook.indices).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void shouldRefuseAnEntryThatDoesNotFollowFromTheOneBefore() throws MalformedException {
        multicast.attach(ANNA, 1);
        log.append(1, 10);
        multicast.committed(1);
        // The same index from a diverged log.
        log.entries.set(0, LogEntry.create(0, 2, 1, 0, LogEntry.Kind.EMPTY, Uid.NOBODY, 0, 0, 0, new byte[3]));
        log.append(1, 10);
        multicast.committed(1);
        OrderedReceiver receiver = new OrderedReceiver(new Notebook());
        receiver.start(1);
        receiver.onDelivered(links.sent.get(0).message());

        assertThatThrownBy(() -> receiver.onDelivered(links.sent.get(1).message())).isInstanceOf(MalformedException.class)
                .hasMessageContaining("does not follow");
        assertThat(receiver.nextIndex()).isEqualTo(2);
    }

    @Test
    void shouldRefuseTruncatedEntriesWithASentence() {
        multicast.attach(ANNA, 1);
        log.append(2, 10);
        multicast.committed(1);
        byte[] bytes = links.sent.get(0).message().bytes();
        for (int length = 0; length < bytes.length; length++) {
            Message.Delivered truncated = new Message.Delivered(1, 2, 0, java.util.Arrays.copyOf(bytes, length));
            OrderedReceiver receiver = new OrderedReceiver(new Notebook());
            receiver.start(1);
            assertThatThrownBy(() -> receiver.onDelivered(truncated)).isInstanceOf(MalformedException.class);
        }
    }
}
