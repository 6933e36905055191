package org.gavel.node.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.gavel.node.history.HistoryRecorder;

/** The file of a history that several commands, one after the other or at the same time, append to. */
final class HistoryFile {
    private HistoryFile() { }

    /** @throws CliException with a sentence if the file cannot be written */
    static HistoryRecorder append(Path file, String as) {
        String name = as + "-" + ProcessHandle.current().pid() + "-" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
        try {
            return new HistoryRecorder(Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                    () -> System.currentTimeMillis() * 1_000, name, true);
        } catch (IOException e) {
            throw new CliException(ExitCode.USAGE, "the history " + file + " cannot be written (" + e.getMessage() + ")", e);
        }
    }

    static void close(HistoryRecorder recorder) {
        try {
            recorder.close();
        } catch (IOException e) {
            throw new CliException(ExitCode.UNEXPECTED, "the history is incomplete and of no use: " + e.getMessage(), e);
        }
    }
}
