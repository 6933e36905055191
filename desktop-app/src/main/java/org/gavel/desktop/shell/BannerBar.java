package org.gavel.desktop.shell;

import java.util.List;
import java.util.Locale;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.gavel.desktop.model.Banner;
import org.gavel.desktop.screen.Ids;

/** Lines across the window that nobody should miss. */
final class BannerBar extends VBox {
    private List<Banner> shown = List.of();

    BannerBar() {
        setId(Ids.BANNERS);
        getStyleClass().add("banners");
        setManaged(false);
        setVisible(false);
    }

    void show(List<Banner> banners) {
        if (banners.equals(shown)) {
            return;
        }
        shown = banners;
        getChildren().setAll(banners.stream().map(BannerBar::line).toList());
        setManaged(!banners.isEmpty());
        setVisible(!banners.isEmpty());
    }

    private static Label line(Banner banner) {
        Label line = new Label(banner.sentence());
        line.getStyleClass().addAll("banner", banner.kind().name().toLowerCase(Locale.ROOT));
        line.setMaxWidth(Double.MAX_VALUE);
        line.setWrapText(true);
        return line;
    }
}
