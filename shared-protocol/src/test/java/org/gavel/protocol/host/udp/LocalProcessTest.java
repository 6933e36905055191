package org.gavel.protocol.host.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.gavel.protocol.host.Host.ProcessState;
import org.gavel.protocol.identity.ProcessIdentity;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LocalProcessTest {
    private final ProcessIdentity own = LocalProcess.identity();

    @BeforeEach
    void needsProc() {
        assumeFalse(own.equals(ProcessIdentity.UNKNOWN), "no /proc that shows all processes");
    }

    @Test
    void shouldSeeItselfRun() {
        assertThat(own.pid()).isEqualTo(ProcessHandle.current().pid());
        assertThat(LocalProcess.state(own)).isEqualTo(ProcessState.RUNNING);
    }

    @Test
    void shouldNotMistakeARecycledPid() {
        assertThat(LocalProcess.state(new ProcessIdentity(own.host(), own.pid(), own.startTicks() + 1))).isEqualTo(ProcessState.ENDED);
    }

    @Test
    void shouldKnowNothingOfAnotherMachine() {
        assertThat(LocalProcess.state(new ProcessIdentity("elsewhere", own.pid(), own.startTicks()))).isEqualTo(ProcessState.UNKNOWN);
        assertThat(LocalProcess.state(ProcessIdentity.UNKNOWN)).isEqualTo(ProcessState.UNKNOWN);
    }

    @Test
    void shouldSeeThatAProcessHasEnded() throws IOException, InterruptedException {
        Process child = new ProcessBuilder("cat").start();
        String stat = Files.readString(Path.of("/proc/" + child.pid() + "/stat"), StandardCharsets.ISO_8859_1);
        long startTicks = Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[19]);
        ProcessIdentity identity = new ProcessIdentity(own.host(), child.pid(), startTicks);
        assertThat(LocalProcess.state(identity)).isEqualTo(ProcessState.RUNNING);
        child.destroyForcibly();
        assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(LocalProcess.state(identity)).isEqualTo(ProcessState.ENDED);
    }
}
