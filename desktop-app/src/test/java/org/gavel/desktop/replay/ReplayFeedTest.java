package org.gavel.desktop.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gavel.desktop.feed.FeedFrame;
import org.gavel.desktop.model.ClusterModel;
import org.gavel.desktop.screen.Tick;
import org.gavel.desktop.testing.FakeFeed;
import org.gavel.desktop.testing.Statuses;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.monitor.TraceEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayFeedTest {
    @TempDir
    Path folder;
    private long nowNs;

    /** Three nodes; after 1 s an event; after 2 s the last node is lost; after 3 s another event. */
    private Path recorded() throws IOException {
        FakeFeed feed = FakeFeed.ringOf(3);
        Recorder recorder = new Recorder();
        ClusterModel model = new ClusterModel();
        tick(feed, model, recorder);
        feed.pass(1_000);
        feed.happen(new TraceEvent(1, new Uid(1), "election", "started", 1, Uid.NOBODY, "an election", new Uid(2), 9));
        tick(feed, model, recorder);
        feed.pass(1_000);
        feed.lose(Statuses.member(2, 3), "its process has ended");
        tick(feed, model, recorder);
        feed.pass(1_000);
        feed.happen(new TraceEvent(2, new Uid(1), "election", "elected", 1, Uid.NOBODY, "elected"));
        tick(feed, model, recorder);
        Path file = folder.resolve("trace.jsonl");
        recorder.write(file.toFile(), "test");
        return file;
    }

    private static void tick(FakeFeed feed, ClusterModel model, Recorder recorder) {
        FeedFrame frame = feed.take();
        recorder.record(new Tick(model.absorb(frame), frame.events(), frame.reset()));
    }

    private ReplayFeed open(Path file) throws IOException {
        return new ReplayFeed(TraceFile.read(file), "trace.jsonl", () -> nowNs);
    }

    @Test
    void shouldTellWhatAJumpPassesOverAsPast() throws IOException {
        ReplayFeed replay = open(recorded());
        replay.take();
        replay.play(false);
        replay.seek(replay.endMs());
        FeedFrame frame = replay.take();
        assertThat(frame.events()).extracting(TraceEvent::sentence).containsExactly("an election", "elected");
        assertThat(frame.past()).as("the first was two seconds earlier").isEqualTo(1);
        replay.seek(replay.beginMs() + 1_000);
        frame = replay.take();
        assertThat(frame.reset()).isTrue();
        assertThat(frame.past()).as("back to the moment of the first").isZero();
    }

    private static long living(FeedFrame frame) {
        return frame.nodes().stream().filter(node -> !node.isLost()).count();
    }

    @Test
    void shouldPlayWhatWasRecordedAtItsOwnPace() throws IOException {
        ReplayFeed replay = open(recorded());
        assertThat(living(replay.take())).isEqualTo(3);
        nowNs += 1_500_000_000L;
        FeedFrame frame = replay.take();
        assertThat(frame.events()).extracting(TraceEvent::sentence).containsExactly("an election");
        assertThat(frame.events().get(0).message()).isEqualTo(9);
        assertThat(living(frame)).isEqualTo(3);
        nowNs += 5_000_000_000L;
        frame = replay.take();
        assertThat(living(frame)).isEqualTo(2);
        assertThat(replay.playing()).as("at its end").isFalse();
    }

    @Test
    void shouldStepBackToWhatWasBefore() throws IOException {
        ReplayFeed replay = open(recorded());
        replay.seek(replay.endMs());
        assertThat(living(replay.take())).isEqualTo(2);
        replay.step(false);
        FeedFrame frame = replay.take();
        assertThat(frame.reset()).isTrue();
        assertThat(living(frame)).isEqualTo(3);
        assertThat(frame.events()).extracting(TraceEvent::kind).containsExactly("started");
        replay.step(true);
        assertThat(replay.take().events()).extracting(TraceEvent::kind).containsExactly("elected");
        assertThat(replay.positionMs()).isEqualTo(replay.endMs());
    }

    @Test
    void shouldGoFasterOrSlowerAndStandStill() throws IOException {
        ReplayFeed replay = open(recorded());
        replay.take();
        replay.speed(0.5);
        nowNs += 1_000_000_000L;
        replay.take();
        assertThat(replay.positionMs() - replay.beginMs()).isEqualTo(500);
        replay.play(false);
        nowNs += 1_000_000_000L;
        replay.take();
        assertThat(replay.positionMs() - replay.beginMs()).isEqualTo(500);
        assertThat(replay.whyNoStart()).isPresent();
        assertThat(replay.kill(new Uid(1))).isCompletedExceptionally();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not json", "{\"a\":1}", "{\"gavelTrace\":2,\"cluster\":\"x\"}", "{\"gavelTrace\":1,\"cluster\":\"x\"}",
        "{\"gavelTrace\":1,\"cluster\":\"x\"}\n{\"atMs\":1}", "{\"gavelTrace\":1,\"cluster\":\"x\"}\n{\"atMs\":\"soon\",\"lost\":\"01\"}",
        "{\"gavelTrace\":1,\"cluster\":\"x\"}\n{\"atMs\":1,\"status\":{}}", "{\"gavelTrace\":1,\"cluster\":\"x\"}\n{\"atMs\":1,\"event\":7}"})
    void shouldSayWhichLineOfABadFileIsWrong(String text) throws IOException {
        Path file = folder.resolve("bad.jsonl");
        Files.writeString(file, text);
        assertThatThrownBy(() -> ReplayFeed.open(file)).isInstanceOf(UncheckedIOException.class).hasMessageContaining("line ").hasMessageContaining("a recording is what");
    }

    @Test
    void shouldForgetTheOldestBeyondItsBound() {
        FakeFeed feed = FakeFeed.ringOf(1);
        Recorder recorder = new Recorder();
        ClusterModel model = new ClusterModel();
        for (int i = 0; i < Recorder.MOMENTS_MAX / 1_000 + 2; i++) {
            TraceEvent[] many = new TraceEvent[1_000];
            java.util.Arrays.fill(many, new TraceEvent(i, new Uid(1), "link", "dropped", 0, Uid.NOBODY, "x"));
            feed.happen(many);
            tick(feed, model, recorder);
        }
        assertThat(recorder.size()).isEqualTo(Recorder.MOMENTS_MAX);
    }
}
