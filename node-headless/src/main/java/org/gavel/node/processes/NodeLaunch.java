package org.gavel.node.processes;

import java.util.ArrayList;
import java.util.List;
import org.gavel.protocol.identity.Uid;

/**
 * How one node process is started.
 *
 * @param runner   command in front of the program, such as one that enters a network namespace; empty: none
 * @param bind     its {@code --bind}
 * @param cluster  its cluster
 * @param port     its discovery port
 * @param uid      which it shall have, or null: the node draws one
 * @param name     for people
 * @param jvmFlags before the program, such as {@link JvmFlags#SMALL_FOOTPRINT}
 * @param options  further options of the command {@code node}
 */
public record NodeLaunch(List<String> runner, String bind, String cluster, int port, Uid uid, String name, List<String> jvmFlags, List<String> options) {
    public NodeLaunch {
        runner = List.copyOf(runner);
        jvmFlags = List.copyOf(jvmFlags);
        options = List.copyOf(options);
    }

    /** On this machine's loopback. */
    public NodeLaunch(String cluster, int port, Uid uid, String name, List<String> jvmFlags, List<String> options) {
        this(List.of(), "loopback", cluster, port, uid, name, jvmFlags, options);
    }

    /** The arguments behind the program's name. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of("node", "--exit-with-parent", "--bind", bind, "--cluster", cluster,
            "--port", String.valueOf(port), "--name", name));
        if (uid != null) {
            arguments.add("--uid");
            arguments.add("0x" + uid);
        }
        arguments.addAll(options);
        return arguments;
    }
}
