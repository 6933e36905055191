package org.gavel.desktop.screen;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;

/** Columns as wide as what stands in them, at any font size. Where there is no room for all, those go that can be spared: rather none than one whose words end in dots. */
public final class FittingColumns<T> {
    /** The table's borders and its scroll bar. */
    private static final double EDGES_EM = 0.3;
    private static final double LEAST = 0.9;

    private final TableView<T> table;
    private final List<Double> widthsEm = new ArrayList<>();
    private final int[] spared;
    private double em = 14;

    /** @param spared places of columns that are shown elsewhere, too; the first goes first */
    public FittingColumns(TableView<T> table, int... spared) {
        this.table = table;
        this.spared = spared;
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_NEXT_COLUMN);
        table.widthProperty().addListener((property, was, now) -> fit());
    }

    public void add(TableColumn<T, ?> column, double widthEm) {
        column.setSortable(false);
        column.setReorderable(false);
        widthsEm.add(widthEm);
        table.getColumns().add(column);
    }

    /** @param fontPx the font's size */
    public void dress(double fontPx) {
        em = fontPx;
        fit();
    }

    private void fit() {
        double room = table.getWidth() / em - EDGES_EM;
        double wanted = widthsEm.stream().mapToDouble(Double::doubleValue).sum();
        for (int place : spared) {
            boolean fits = wanted <= room || table.getWidth() <= 0;
            wanted -= fits ? 0 : widthsEm.get(place);
            table.getColumns().get(place).setVisible(fits);
        }
        for (int place = 0; place < widthsEm.size(); place++) {
            table.getColumns().get(place).setMinWidth(widthsEm.get(place) * em * LEAST);
            table.getColumns().get(place).setPrefWidth(widthsEm.get(place) * em);
        }
    }
}
