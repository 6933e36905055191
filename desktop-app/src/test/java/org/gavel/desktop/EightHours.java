package org.gavel.desktop;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.application.Platform;
import org.gavel.desktop.feed.Market;
import org.gavel.desktop.screen.ScreenId;
import org.gavel.desktop.testing.Crowd;
import org.gavel.desktop.testing.FakeFeed;
import org.gavel.desktop.testing.TestWindow;
import org.gavel.protocol.client.AuctionInfo;
import org.gavel.protocol.client.AuctionList;
import org.gavel.protocol.client.ItemInfo;

/**
 * The program that {@link WindowMemoryMeasurement} starts: a window through which eight hours of a large ring pass as fast as it takes them, each hour with
 * another screen in front, with a board whose auctions come and go. Says after each hour what memory it holds.
 */
final class EightHours {
    private static final int HOURS = 8;
    private static final int NODES = 100;
    private static final int EVENTS_PER_S = 500;
    /** Between two frames that the window takes: less than a missed heartbeat, and no more events than its buffer holds. */
    private static final long STEP_MS = 4_000;
    private static final long HOUR_MS = 3_600_000;
    private static final int AUCTIONS = 30;
    private static final long AUCTION_MS = 600_000;

    private EightHours() { }

    public static void main(String[] args) throws IOException, InterruptedException {
        FakeFeed feed = FakeFeed.ringOf(NODES);
        Crowd crowd = new Crowd(feed, NODES, EVENTS_PER_S);
        TestWindow window = TestWindow.open(feed, TestWindow.preferences().withReducedMotion(false), 1_600, 1_000);
        long heapMost = 0;
        for (int hour = 1; hour <= HOURS; hour++) {
            ScreenId screen = ScreenId.values()[hour % ScreenId.values().length];
            TestWindow.run(() -> window.window().open(screen));
            for (long ms = 0; ms < HOUR_MS; ms += STEP_MS) {
                crowd.pass(STEP_MS);
                feed.market(board(feed.nowMs(), (hour - 1) * HOUR_MS + ms));
                feed.awaitTaken();
            }
            long dropped = TestWindow.call(() -> window.window().view().get().eventsDropped());
            collect();
            long heap = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
            heapMost = Math.max(heapMost, heap);
            System.out.printf(Locale.ROOT, "after %d h, %s in front: %d events, %d dropped; heap in use %d MB, resident %s, most ever %s%n", hour, screen.word(),
                crowd.events(), dropped, heap >> 20, resident("VmRSS"), resident("VmHWM"));
        }
        System.out.flush();
        Platform.exit();
        Runtime.getRuntime().halt(0);
    }

    /** The machine skips a collection that is asked for while the renderer holds a pixel buffer: what is counted then is rubbish, too. */
    private static void collect() {
        GarbageCollectorMXBean whole = ManagementFactory.getGarbageCollectorMXBeans().stream().filter(each -> each.getName().equals("MarkSweepCompact")).findFirst().orElseThrow();
        for (long before = whole.getCollectionCount(); whole.getCollectionCount() == before;) {
            System.gc();
        }
    }

    /** Auctions that run for ten minutes, then others. */
    private static Market board(long nowMs, long passedMs) {
        long round = passedMs / AUCTION_MS;
        List<AuctionInfo> auctions = new ArrayList<>();
        for (int i = 0; i < AUCTIONS; i++) {
            auctions.add(new AuctionInfo("lamp-" + (round * AUCTIONS + i), "lamp", "running", "000000000000000b", List.of(), 4_000 + passedMs % AUCTION_MS, "noa",
                passedMs % AUCTION_MS / 1_000, AUCTION_MS - passedMs % AUCTION_MS, null));
        }
        return new Market(new AuctionList(List.of(new ItemInfo("lamp", "Banker's lamp", null, 4_000, 500, null)), auctions, null), null, nowMs, "");
    }

    /** As the kernel counts it; Linux only. */
    private static String resident(String what) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream().filter(line -> line.startsWith(what + ":")).findFirst()
            .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1_024 + " MB").orElse("unknown");
    }
}
