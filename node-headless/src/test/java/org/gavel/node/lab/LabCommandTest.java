package org.gavel.node.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class LabCommandTest {
    private static final String[] HOSTS = {"--namespaces", "test", "--network", "10.0.0"};

    @TempDir
    private Path directory;

    private final List<String> lines = new ArrayList<>();
    private final StringWriter complaints = new StringWriter();

    @Test
    void shouldListEveryScenarioWithoutHosts() {
        assertThat(run("--list")).isZero();
        assertThat(lines).hasSize(Scenarios.all().size()).anyMatch(line -> line.startsWith("partition-3-3"));
    }

    @Test
    void shouldSayHowItIsStartedWhenItHasNoHosts() {
        assertThat(run()).isEqualTo(2);
        assertThat(complaints.toString()).contains("run node-headless/lab/run instead, as root");
    }

    @Test
    void shouldRefuseWhatItCannotDo() {
        assertThat(runOnHosts("--rounds", "0")).isEqualTo(2);
        assertThat(complaints.toString()).contains("--rounds is 1 to 1000, not 0");
        assertThat(runOnHosts("--every", "0")).isEqualTo(2);
        assertThat(complaints.toString()).contains("--every is at least 1 ms");
        assertThat(runOnHosts("--scenario", "flood")).isEqualTo(2);
        assertThat(complaints.toString()).contains("there is no scenario 'flood'; --list shows them");
    }

    @Test
    void shouldRefuseLogsWhereAFileStandsBeforeItStartsAnything() throws Exception {
        Path file = Files.createFile(directory.resolve("taken"));
        assertThat(runOnHosts("--logs", file.toString())).isEqualTo(2);
        assertThat(complaints.toString()).contains("is no directory and cannot be made one");
        assertThat(lines).isEmpty();
    }

    private int runOnHosts(String... options) {
        List<String> all = new ArrayList<>(List.of(HOSTS));
        all.addAll(List.of(options));
        return run(all.toArray(String[]::new));
    }

    private int run(String... options) {
        return new CommandLine(new LabCommand(lines::add)).setErr(new PrintWriter(complaints, true)).execute(options);
    }
}
