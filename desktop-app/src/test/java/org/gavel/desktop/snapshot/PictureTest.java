package org.gavel.desktop.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.image.Image;
import javafx.scene.image.WritableImage;
import javafx.scene.paint.Color;
import org.gavel.desktop.feed.Market;
import org.gavel.desktop.model.ClusterModel;
import org.gavel.desktop.model.ClusterView;
import org.gavel.desktop.testing.FakeFeed;
import org.gavel.protocol.client.AuctionList;
import org.gavel.desktop.screen.ScreenId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureTest {
    @Test
    void shouldWriteWhatAnotherReaderReadsBackPixelByPixel(@TempDir Path directory) throws IOException {
        WritableImage drawn = new WritableImage(7, 3);
        for (int x = 0; x < 7; x++) {
            for (int y = 0; y < 3; y++) {
                drawn.getPixelWriter().setColor(x, y, Color.rgb(30 * x, 80 * y, 255 - 30 * x));
            }
        }
        Path file = directory.resolve("picture.png");
        PngFile.write(drawn, file);
        try (InputStream in = Files.newInputStream(file)) {
            Image read = new Image(in);
            assertThat(read.isError()).isFalse();
            assertThat(read.getWidth()).isEqualTo(7);
            for (int x = 0; x < 7; x++) {
                for (int y = 0; y < 3; y++) {
                    assertThat(read.getPixelReader().getArgb(x, y)).as(x + "," + y).isEqualTo(drawn.getPixelReader().getArgb(x, y));
                }
            }
        }
    }

    @Test
    void shouldWaitForARingThatAgreesAndLookAtItForAWhile() {
        FakeFeed feed = FakeFeed.ringOf(4);
        feed.market(new Market(new AuctionList(List.of(), List.of(), null), null, feed.nowMs(), ""));
        ClusterView settled = new ClusterModel().absorb(feed.take());
        Picture picture = new Picture(false, ScreenId.CLUSTER);
        assertThat(picture.isReady(ClusterView.EMPTY, 100)).isFalse();
        assertThat(picture.isReady(settled, 200)).isFalse();
        assertThat(picture.isReady(settled, 200 + Picture.LOOK_MS)).isTrue();
    }

    @Test
    void shouldTakeTheEmptyWindowWhereNobodyIsHeard() {
        assertThat(new Picture(false, ScreenId.CLUSTER).isReady(ClusterView.EMPTY, Picture.SILENCE_MS + 1)).isTrue();
        assertThat(new Picture(true, ScreenId.CLUSTER).isReady(ClusterView.EMPTY, Picture.SILENCE_MS + 1)).isFalse();
    }
}
