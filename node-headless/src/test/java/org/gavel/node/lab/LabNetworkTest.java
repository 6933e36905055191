package org.gavel.node.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.gavel.node.lab.LabNetwork.Machine;
import org.junit.jupiter.api.Test;

class LabNetworkTest {
    private static final Machine N1 = LabNetwork.SERVERS.get(0);
    private static final Machine N2 = LabNetwork.SERVERS.get(1);
    private static final Machine C1 = LabNetwork.CLIENTS.get(0);

    private final List<String> asked = new ArrayList<>();
    private final LabNetwork network = new LabNetwork("gavel7", "10.77.0", (command, input) -> asked.add(String.join(" ", command) + " < " + input.strip()));

    @Test
    void shouldCutOneWayOnly() throws InterruptedException {
        network.cut(N1, C1);

        assertThat(asked).containsExactly("nft -f - < add element bridge lab cut { \"n1\" . \"c1\" }");
    }

    @Test
    void shouldPartBothWays() throws InterruptedException {
        network.part(List.of(N1), List.of(N2));

        assertThat(asked).containsExactly("nft -f - < add element bridge lab cut { \"n1\" . \"n2\", \"n2\" . \"n1\" }");
    }

    @Test
    void shouldDoubleTowardsTheHostThatIsMeantAndNeverBackToTheSender() throws InterruptedException {
        network.duplicate(20);

        assertThat(asked.get(0)).contains("ether daddr 02:4c:41:42:00:65 numgen random mod 100 < 20 dup to \"c1\"");
        assertThat(asked.get(0).split("chain n1 ")[1].split("chain")[0]).doesNotContain("dup to \"n1\"").contains("dup to \"n6\"");
    }

    @Test
    void shouldTakeBackWhatItDidAndNothingElse() throws InterruptedException {
        network.cardDown(N1);
        network.portDown(N2);
        network.slow(C1);
        asked.clear();

        network.heal();
        network.heal();

        assertThat(asked).filteredOn(command -> !command.startsWith("nft")).containsExactly("ip -n gavel7-n1 link set eth0 up < ",
            "bridge link set dev n2 state 3 < ", "tc qdisc del dev c1 root < ");
    }

    @Test
    void shouldSayWhatASystemCommandSaidWhenItFails() {
        assertThatThrownBy(() -> LabNetwork.system().run(List.of("sh", "-c", "cat; echo no such card; exit 1"), "rules"))
            .isInstanceOf(LabException.class).hasMessageContaining("no such card").hasMessageContaining("rules");
    }
}
