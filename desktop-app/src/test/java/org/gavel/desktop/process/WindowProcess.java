package org.gavel.desktop.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.gavel.desktop.testing.OwnProcess;
import org.testfx.util.WaitForAsyncUtils;

/** One run of gavel-desktop.jar. Its output is read on a thread; what is left of it ends with {@link #close}. */
final class WindowProcess implements AutoCloseable {
    /** For whatever takes a few seconds on a machine that has nothing else to do. */
    static final long PATIENCE_S = 60;

    private final Process process;
    private final List<String> lines = new ArrayList<>();
    private final Thread reader;
    private List<ProcessHandle> children = List.of();

    private WindowProcess(Process process) {
        this.process = process;
        reader = new Thread(this::read, "window-output");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * @param home    where it keeps preferences and identities
     * @param display a display is named, and drawn on in memory; else there is none
     */
    static WindowProcess start(Path home, boolean display, String... arguments) throws IOException {
        return start(List.of(), home, display, arguments);
    }

    /** As the child of a shell that never looks after its children: what is left of them stays in the system's table. */
    static WindowProcess startUncollected(Path home, String... arguments) throws IOException {
        return start(List.of("sh", "-c", "\"$@\" & exec sleep 600", "sh"), home, true, arguments);
    }

    private static WindowProcess start(List<String> runner, Path home, boolean display, String... arguments) throws IOException {
        String jar = System.getProperty("gavel.desktopJar");
        assertThat(jar).as("system property gavel.desktopJar: the shaded jar").isNotNull();
        List<String> command = new ArrayList<>(runner);
        command.add(OwnProcess.java());
        if (display) {
            command.addAll(OwnProcess.DRAWS_INTO_MEMORY);
        }
        command.addAll(List.of("-jar", jar));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("XDG_CONFIG_HOME", home.toString());
        builder.environment().remove("WAYLAND_DISPLAY");
        builder.environment().remove("DISPLAY");
        if (display) {
            builder.environment().put("DISPLAY", ":0");
        }
        return new WindowProcess(builder.start());
    }

    private void read() {
        try (BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                synchronized (lines) {
                    lines.add(line);
                }
            }
        } catch (IOException e) {
            synchronized (lines) {
                lines.add("(its output cannot be read any more: " + e.getMessage() + ")");
            }
        }
    }

    String output() {
        synchronized (lines) {
            return String.join("\n", lines);
        }
    }

    void awaitOutput(String words) {
        await("'" + words + "' in its output", () -> output().contains(words));
    }

    void await(String what, BooleanSupplier condition) {
        try {
            WaitForAsyncUtils.waitFor(PATIENCE_S, TimeUnit.SECONDS, condition::getAsBoolean);
        } catch (TimeoutException e) {
            throw new AssertionError("not within " + PATIENCE_S + " s: " + what + "; it said: " + output(), e);
        }
    }

    /** Waits for so many living processes under it, and keeps their handles: whose parent is gone can be found no other way. */
    List<ProcessHandle> awaitChildren(int count) {
        await(count + " processes under it", () -> {
            children = process.descendants().filter(ProcessHandle::isAlive).collect(Collectors.toList());
            return children.size() == count;
        });
        return children;
    }

    /** Signal 9: nothing of the program runs any more. */
    void kill() {
        process.toHandle().destroyForcibly();
    }

    /** Signal 15, as a system that shuts down sends it. */
    void terminate() {
        process.toHandle().destroy();
    }

    long pid() {
        return process.pid();
    }

    void awaitEnd(ProcessHandle one) {
        children = List.of(one);
        awaitChildrenGone();
    }

    void awaitChildrenGone() {
        try {
            CompletableFuture.allOf(children.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new)).get(PATIENCE_S, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("they outlive the window: " + children.stream().filter(ProcessHandle::isAlive).map(ProcessHandle::info).toList(), e);
        } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
            throw new AssertionError("cannot wait for the end of processes", e);
        }
    }

    int awaitExit() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE_S, TimeUnit.SECONDS)).as("it ends by itself; it said: " + output()).isTrue();
        reader.join(TimeUnit.SECONDS.toMillis(PATIENCE_S));
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
    }
}
