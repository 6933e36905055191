package org.gavel.protocol.host.udp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.gavel.protocol.host.Host.ProcessState;
import org.gavel.protocol.identity.ProcessIdentity;

/**
 * What Linux tells of the processes of this machine, by /proc. Where it tells nothing (another system, a /proc of another namespace, one that
 * hides others' processes), identities are unknown and so is every state: 'ended' is believed by protocols, so it is never guessed.
 */
public final class LocalProcess {
    private static final Path PROC = Path.of("/proc");
    private static final String BOOT_ID = "sys/kernel/random/boot_id";
    /** Fields of /proc/PID/stat behind the command's closing parenthesis: the state is field 3, the start time field 22 (proc(5)). */
    private static final int STATE = 0;
    private static final int START_TICKS = 22 - 3;

    private record Stat(char state, long startTicks) { }

    private LocalProcess() { }

    /** This very process, or {@link ProcessIdentity#UNKNOWN}. */
    public static ProcessIdentity identity() {
        return Own.IDENTITY;
    }

    private static final class Own {
        private static final ProcessIdentity IDENTITY = read();

        private static ProcessIdentity read() {
            long pid = ProcessHandle.current().pid();
            try {
                String self = Files.readString(PROC.resolve("self/stat"), StandardCharsets.ISO_8859_1);
                // hidepid mounts show others' processes to nobody but root: a missing entry would prove nothing.
                boolean hidesOthers = !Files.isReadable(PROC.resolve("1/stat"));
                if (hidesOthers || !self.startsWith(pid + " ")) {
                    return ProcessIdentity.UNKNOWN;
                }
                String host = Files.readString(PROC.resolve(BOOT_ID)).trim() + "/" + Files.readSymbolicLink(PROC.resolve("self/ns/pid"));
                return parse(self).map(stat -> new ProcessIdentity(host, pid, stat.startTicks)).orElse(ProcessIdentity.UNKNOWN);
            } catch (IOException e) {
                return ProcessIdentity.UNKNOWN; // no Linux, or a /proc that keeps to itself
            }
        }
    }

    /** Whether that very process runs; a zombie has ended. */
    public static ProcessState state(ProcessIdentity process) {
        ProcessIdentity own = identity();
        if (own.host().isEmpty() || !own.host().equals(process.host()) || process.pid() <= 0) {
            return ProcessState.UNKNOWN;
        }
        try {
            String text = Files.readString(PROC.resolve(process.pid() + "/stat"), StandardCharsets.ISO_8859_1);
            return parse(text).map(stat -> stateOf(stat, process)).orElse(ProcessState.UNKNOWN);
        } catch (NoSuchFileException e) {
            return ProcessState.ENDED;
        } catch (IOException e) {
            // The process can end between opening and reading (ESRCH): the next question is answered by the missing file.
            return ProcessState.UNKNOWN;
        }
    }

    private static ProcessState stateOf(Stat stat, ProcessIdentity process) {
        boolean gone = stat.state == 'Z' || stat.state == 'X' || stat.startTicks != process.startTicks();
        return gone ? ProcessState.ENDED : ProcessState.RUNNING;
    }

    /** The command stands in parentheses and may hold spaces and parentheses itself: what counts begins behind the last one. */
    private static Optional<Stat> parse(String text) {
        int end = text.lastIndexOf(')');
        String[] fields = end < 0 ? new String[0] : text.substring(end + 1).trim().split("\\s+");
        if (fields.length <= START_TICKS) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Stat(fields[STATE].charAt(0), Long.parseLong(fields[START_TICKS])));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
