package org.gavel.node.processes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gavel.protocol.identity.Address;
import org.gavel.protocol.identity.Uid;

/** One node process of this machine. Its output is read on threads of its own; all methods may be called from any thread. */
public final class LocalNode {
    /** Last lines of standard error that are kept, to say why a node did not start. */
    public static final int TAIL_LINES = 20;
    private static final Pattern READY = Pattern.compile("ready uid=([0-9a-f]{16}) address=(\\S+).*");

    /**
     * A node's ready line.
     *
     * @param afterNs since the process was started
     */
    public record Ready(Uid uid, Address address, long afterNs) { }

    private final NodeLaunch launch;
    private final Process process;
    private final long startedNs = System.nanoTime();
    private final CompletableFuture<Ready> ready = new CompletableFuture<>();
    private final Deque<String> errors = new ArrayDeque<>();
    private final Thread errorReader;

    LocalNode(NodeLaunch launch, Process process) {
        this.launch = launch;
        this.process = process;
        reader("out", process.getInputStream(), this::onLine, this::onOutputEnd).start();
        errorReader = reader("err", process.getErrorStream(), this::onError, () -> { });
        errorReader.start();
    }

    public NodeLaunch launch() {
        return launch;
    }

    public String name() {
        return launch.name();
    }

    public long pid() {
        return process.pid();
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Waits for the ready line.
     *
     * @throws NodeFailedException with what the node said, if it ended or was not ready in time
     */
    public Ready awaitReady(long timeoutMs) throws InterruptedException {
        try {
            return ready.get(timeoutMs, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new NodeFailedException("node " + name() + " was not ready within " + timeoutMs + " ms" + said(), e);
        } catch (ExecutionException e) {
            throw new NodeFailedException("node " + name() + " ended before it was ready" + said(), e.getCause());
        }
    }

    /** Kill -9: the process has no say in it. */
    public void kill() {
        process.toHandle().destroyForcibly();
    }

    /** SIGTERM: the process says goodbye and ends. */
    public void terminate() {
        // By its handle: Process.destroy would close standard input as well, which tells the node that its parent is gone.
        process.toHandle().destroy();
    }

    /**
     * Closes the node's standard input, as happens when this program ends, however it ends: the node ends, too.
     *
     * @throws UncheckedIOException if the pipe cannot be closed
     */
    public void abandon() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the end; false if it lives on after the time. */
    public boolean awaitEnd(long timeoutMs) throws InterruptedException {
        return process.waitFor(timeoutMs, TimeUnit.MILLISECONDS);
    }

    /** Exit code of an ended process; that of a killed one is 137. */
    public int exitCode() {
        return process.exitValue();
    }

    /** The last lines of its standard error. */
    public String errorTail() {
        synchronized (errors) {
            return String.join("\n", errors);
        }
    }

    /** The same of an ended process, once all that it had written is read. */
    public String awaitErrors() throws InterruptedException {
        errorReader.join(TimeUnit.SECONDS.toMillis(1));
        return errorTail();
    }

    private String said() throws InterruptedException {
        String tail = process.isAlive() ? errorTail() : awaitErrors();
        return tail.isEmpty() ? ", without a word" : ":\n" + tail;
    }

    private void onLine(String line) {
        Matcher matcher = READY.matcher(line);
        if (matcher.matches()) {
            ready.complete(new Ready(Uid.parseHex(matcher.group(1)), Address.parse(matcher.group(2)), System.nanoTime() - startedNs));
        }
    }

    private void onOutputEnd() {
        ready.completeExceptionally(new IOException("standard output ended"));
    }

    private void onError(String line) {
        synchronized (errors) {
            errors.add(line);
            if (errors.size() > TAIL_LINES) {
                errors.remove();
            }
        }
    }

    private Thread reader(String what, InputStream stream, Consumer<String> onLine, Runnable onEnd) {
        Thread thread = new Thread(() -> {
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    onLine.accept(line);
                }
            } catch (IOException e) {
                onError("(its " + what + " cannot be read any more: " + e.getMessage() + ")");
            } finally {
                onEnd.run();
            }
        }, "node-" + name() + "-" + what);
        thread.setDaemon(true);
        return thread;
    }
}
