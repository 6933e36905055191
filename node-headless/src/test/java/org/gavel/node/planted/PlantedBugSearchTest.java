package org.gavel.node.planted;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The full search by hand, see docs/PLANTED-BUGS.md. */
class PlantedBugSearchTest {
    @Test
    @EnabledIfSystemProperty(named = "gavel.planted.seeds", matches = "\\d+")
    void shouldCatchEveryPlantedBugFromTheFirstSeedOn() throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(System.getProperty("gavel.planted.seeds")));
        String bugs = System.getProperty("gavel.planted.bugs", "");
        if (!bugs.isEmpty()) {
            arguments.addAll(List.of(bugs.split(",")));
        }
        PlantedBugSearch.main(arguments.toArray(String[]::new));
        assertThat(PlantedBugTable.seeds().keySet()).containsAll(PlantedBug.all().stream().map(PlantedBug::name).toList());
    }
}
