package org.gavel.protocol.link;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gavel.protocol.wire.DatagramCodec;
import org.gavel.protocol.wire.DatagramHeader;

/**
 * The sending direction of a link: a window of messages, of which the oldest are in flight as numbered datagrams. Knows no host: what to
 * send is asked of it ({@link #nextUnit}), time and acknowledgements are told to it.
 */
final class SendHalf {
    static final long NEVER = Long.MAX_VALUE;
    /** Datagrams sent again when the timer expires; the acknowledgements of these tell about the rest. */
    private static final int RESEND_AT_ONCE = 4;
    /** RFC 5681: so many later ones arrived, so it is lost and not just late. */
    private static final int HINTS_FOR_LOSS = 3;
    /** Acknowledged datagrams for each one more in flight. Quick, since a LAN's losses are rarely congestion. */
    private static final int GROWTH_DATAGRAMS = 4;
    private static final int RING = 64;

    private final LinkSettings settings;
    final RoundTrip roundTrip;
    /** This direction's link number; 0 while it is closed. */
    int number;

    /** Everything not fully acknowledged, in order. */
    private final ArrayDeque<Outgoing> outstanding = new ArrayDeque<>();
    /** Of these, what is not (or not wholly) in a datagram yet. */
    private final ArrayDeque<Outgoing> pending = new ArrayDeque<>();
    private int windowMessages;
    private long windowBytes;
    private boolean refused;

    private final SendUnit[] units = new SendUnit[RING];
    /** Lowest number not acknowledged; equal to {@code next} when nothing is in flight. */
    private long lowest = 1;
    private long next = 1;
    private int inFlight;
    private int congestionWindow;
    private long recoveryEnds;
    private int growth;
    private int due;

    private long order;
    private long announceOrder;
    private long resendBaseMs;
    private long lastSentMs;
    private long progressMs;
    private long reportAtMs;
    private final long[] newOrders = new long[RING];

    SendHalf(LinkSettings settings) {
        this.settings = settings;
        roundTrip = new RoundTrip(settings);
        congestionWindow = settings.datagramsInFlightMax();
    }

    // ---------------------------------------------------------------- the window

    /** True if the window has room for a frame of that many bytes. */
    boolean accepts(int bytes) {
        return windowMessages == 0 || windowMessages < settings.windowMessagesMax() && windowBytes + bytes <= settings.windowBytesMax();
    }

    /** The caller has to be told when there is room again. */
    void refuse() {
        refused = true;
    }

    void add(Outgoing message, long nowMs) {
        if (windowMessages == 0) {
            progressMs = nowMs;
            reportAtMs = nowMs + settings.unacknowledgedMs();
        }
        outstanding.add(message);
        pending.add(message);
        windowMessages++;
        windowBytes += message.frame.length;
    }

    int room() {
        return windowBytes >= settings.windowBytesMax() ? 0 : settings.windowMessagesMax() - windowMessages;
    }

    /** True once after the window had refused something and a quarter of it is free again. */
    boolean takeRoom() {
        boolean free = windowMessages <= settings.windowMessagesMax() * 3 / 4 && windowBytes <= settings.windowBytesMax() / 4 * 3;
        boolean tell = refused && free;
        if (tell) {
            refused = false;
        }
        return tell;
    }

    boolean hasPending() {
        return !pending.isEmpty();
    }

    boolean hasDue() {
        return due > 0;
    }

    boolean isIdle() {
        return windowMessages == 0;
    }

    /** Ends this link number; the next send opens another. What was not acknowledged, in order. */
    List<Outgoing> close() {
        // Also what arrived behind a hole: the receiver keeps it, but never delivers it once the next number opens.
        List<Outgoing> undelivered = new ArrayList<>(outstanding);
        outstanding.clear();
        pending.clear();
        windowMessages = 0;
        windowBytes = 0;
        Arrays.fill(units, null);
        lowest = 1;
        next = 1;
        inFlight = 0;
        due = 0;
        number = 0;
        congestionWindow = settings.datagramsInFlightMax();
        recoveryEnds = 0;
        roundTrip.reopened();
        return undelivered;
    }

    // ---------------------------------------------------------------- sending

    /** The next datagram that may leave now: what has to be sent again first. Null if there is none. */
    SendUnit nextUnit() {
        if (due > 0) {
            for (long s = lowest; s < next; s++) {
                SendUnit unit = units[(int) s & RING - 1];
                if (unit.due) {
                    unit.due = false;
                    due--;
                    return unit;
                }
            }
        }
        if (pending.isEmpty() || inFlight >= congestionWindow || next - lowest >= settings.datagramsInFlightMax()) {
            return null;
        }
        SendUnit unit = pack();
        units[(int) next & RING - 1] = unit;
        next++;
        inFlight++;
        return unit;
    }

    private SendUnit pack() {
        SendUnit unit = new SendUnit(next);
        Outgoing first = pending.peek();
        if (!first.isWhole()) {
            int length = Math.min(DatagramCodec.FRAGMENT_BYTES_MAX, first.frame.length - first.packed);
            unit.becomeFragment(first, first.packed, length);
            first.packed += length;
            if (first.packed == first.frame.length) {
                pending.remove();
            }
            return unit;
        }
        int room = DatagramCodec.DATAGRAM_BYTES_MAX - DatagramHeader.BYTES;
        for (Outgoing m = first; m != null && m.isWhole() && 2 + m.frame.length <= room; m = pending.peek()) {
            room -= 2 + m.frame.length;
            unit.messages.add(m);
            pending.remove();
        }
        return unit;
    }

    void sent(SendUnit unit, long nowMs, long nowNs) {
        if (inFlight == 1 || unit.transmissions > 0) {
            resendBaseMs = nowMs;
        }
        unit.transmissions++;
        unit.order = ++order;
        unit.sentNs = nowNs;
        unit.sentMs = nowMs;
        unit.hints = 0;
        lastSentMs = nowMs;
    }

    /** The receiver may not know this link number yet: its first datagram is not acknowledged. */
    boolean isOpening() {
        return lowest == 1;
    }

    long highestSent() {
        return next - 1;
    }

    void announced(long nowMs) {
        announceOrder = ++order;
        lastSentMs = nowMs;
    }

    // ---------------------------------------------------------------- acknowledgements

    /**
     * @param bitmap bit i: acked + 1 + i arrived
     * @param answer it answers the last announcement: whatever was sent before that and is missing is lost
     * @return true if something new was acknowledged
     */
    boolean onAck(long acked, long bitmap, boolean answer, long nowMs, long nowNs) {
        if (acked >= next) {
            return false;
        }
        int settled = 0;
        SendUnit newest = null;
        long highest = Math.min(next - 1, bitmap == 0 ? acked : acked + 64 - Long.numberOfLeadingZeros(bitmap));
        for (long s = lowest; s <= highest; s++) {
            SendUnit unit = units[(int) s & RING - 1];
            if (!unit.acknowledged && (s <= acked || (bitmap >>> s - acked - 1 & 1) != 0)) {
                settle(unit);
                newOrders[settled++] = unit.order;
                newest = newest == null || unit.order > newest.order ? unit : newest;
            }
        }
        if (newest != null) {
            if (newest.transmissions == 1) {
                roundTrip.sample(nowNs - newest.sentNs, nowMs);
            }
            progressed(settled, nowMs);
        }
        findLost(settled, newest == null ? 0 : newest.order, answer);
        return newest != null;
    }

    private void settle(SendUnit unit) {
        unit.acknowledged = true;
        if (unit.due) {
            unit.due = false;
            due--;
        }
        inFlight--;
        for (int i = 0; i < unit.messages.size(); i++) {
            Outgoing message = unit.messages.get(i);
            if (--message.unacknowledged == 0) {
                windowMessages--;
                windowBytes -= message.frame.length;
            }
        }
    }

    private void progressed(int settled, long nowMs) {
        while (lowest < next && units[(int) lowest & RING - 1].acknowledged) {
            units[(int) lowest & RING - 1] = null;
            lowest++;
        }
        while (!outstanding.isEmpty() && outstanding.peek().unacknowledged == 0) {
            outstanding.remove();
        }
        resendBaseMs = nowMs;
        progressMs = nowMs;
        reportAtMs = nowMs + settings.unacknowledgedMs();
        growth += settled;
        if (growth >= GROWTH_DATAGRAMS) {
            congestionWindow = Math.min(settings.datagramsInFlightMax(), congestionWindow + growth / GROWTH_DATAGRAMS);
            growth %= GROWTH_DATAGRAMS;
        }
    }

    private void findLost(int settled, long newestOrder, boolean answer) {
        for (long s = lowest; s < next; s++) {
            SendUnit unit = units[(int) s & RING - 1];
            if (unit.acknowledged || unit.due) {
                continue;
            }
            if (unit.order < newestOrder) {
                for (int i = 0; i < settled; i++) {
                    unit.hints += newOrders[i] > unit.order ? 1 : 0;
                }
            }
            if (unit.hints >= HINTS_FOR_LOSS || answer && unit.order < announceOrder) {
                becomeDue(unit);
                shrink(unit.sequence);
            }
        }
    }

    private void becomeDue(SendUnit unit) {
        unit.due = true;
        unit.hints = 0;
        due++;
    }

    /** Halves the datagrams in flight, once for all losses of one flight (RFC 6582's 'recover'). */
    private void shrink(long lostSequence) {
        if (lostSequence >= recoveryEnds) {
            recoveryEnds = next;
            congestionWindow = Math.max(settings.datagramsInFlightMin(), congestionWindow / 2);
        }
    }

    // ---------------------------------------------------------------- time

    /** When to call {@link #onResendTimer}, or {@link #NEVER}. */
    long resendAtMs() {
        return inFlight == 0 ? NEVER : resendBaseMs + roundTrip.timerMs();
    }

    /** When to announce the highest number: only while the resend timer has backed off beyond that. */
    long announceAtMs() {
        return inFlight == 0 ? NEVER : lastSentMs + settings.announceMs();
    }

    /** When to report that nothing is acknowledged. */
    long reportAtMs() {
        return windowMessages == 0 ? NEVER : reportAtMs;
    }

    /** Moves the next report on. */
    void reported(long nowMs) {
        reportAtMs = nowMs + settings.unacknowledgedMs();
    }

    void onResendTimer(long nowMs) {
        long timer = roundTrip.timerMs();
        int marked = 0;
        for (long s = lowest; s < next && marked < RESEND_AT_ONCE; s++) {
            SendUnit unit = units[(int) s & RING - 1];
            if (!unit.acknowledged && !unit.due && unit.sentMs + timer / 2 <= nowMs) {
                becomeDue(unit);
                shrink(s);
                marked++;
            }
        }
        roundTrip.expired();
        resendBaseMs = nowMs;
    }

    @Override
    public String toString() {
        return "number " + number + " lowest " + lowest + " next " + next + " inFlight " + inFlight + " cwnd " + congestionWindow + " due " + due
                + " pending " + pending.size() + " outstanding " + outstanding.size() + " timer " + roundTrip.timerMs();
    }
}
