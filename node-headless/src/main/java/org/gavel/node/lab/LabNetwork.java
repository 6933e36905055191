package org.gavel.node.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;

/**
 * The bridge between the lab's hosts, as {@code lab/run} has built it, and the faults that it can be given. This program runs in the bridge's
 * own namespace: what is forwarded is cut, lost and doubled; what it says to a host itself is not.
 */
final class LabNetwork {
    /** A host: its name is that of its port at the bridge, and its namespace's behind the prefix. */
    record Machine(String name, int number) {
        boolean isClient() {
            return number > CLIENTS_ABOVE;
        }
    }

    /** Runs a command of the system with this standard input. */
    interface Shell {
        /** @throws LabException if it fails, with what it said */
        void run(List<String> command, String input) throws InterruptedException;
    }

    /** The card of every host, and that of the bridge in this program's own namespace. */
    static final String CARD = "eth0";
    static final String BRIDGE = "br0";
    private static final int CLIENTS_ABOVE = 100;
    static final List<Machine> SERVERS = List.of(new Machine("n1", 1), new Machine("n2", 2), new Machine("n3", 3), new Machine("n4", 4),
        new Machine("n5", 5), new Machine("n6", 6));
    static final List<Machine> CLIENTS = List.of(new Machine("c1", 101), new Machine("c2", 102));
    private static final int BRIDGE_DISABLED = 0;
    private static final int BRIDGE_FORWARDING = 3;

    private final String prefix;
    private final String net;
    private final Shell shell;
    private final Set<String> cardsDown = new LinkedHashSet<>();
    private final Set<String> portsDown = new LinkedHashSet<>();
    private final Set<String> slowed = new LinkedHashSet<>();

    /**
     * @param prefix of the namespaces' names
     * @param net    first three numbers of every address
     */
    LabNetwork(String prefix, String net, Shell shell) {
        this.prefix = prefix;
        this.net = net;
        this.shell = shell;
    }

    static Shell system() {
        return LabNetwork::runInSystem;
    }

    String address(Machine machine) {
        return net + "." + machine.number();
    }

    /** What stands in front of a command that is to run on this host. */
    List<String> on(Machine machine) {
        return List.of("ip", "netns", "exec", prefix + "-" + machine.name());
    }

    /** The same with processes of its own: as between real machines, none sees another's end in /proc. */
    List<String> onWithOwnProcesses(Machine machine) {
        List<String> command = new ArrayList<>(on(machine));
        command.addAll(List.of("unshare", "--pid", "--fork", "--kill-child", "--mount-proc"));
        return command;
    }

    // ---------------------------------------------------------------- faults

    /** Nothing of one gets to the other; the way back stays open. */
    void cut(Machine from, Machine to) throws InterruptedException {
        nft("add element bridge lab cut { " + pair(from, to) + " }");
    }

    /** Nothing passes between the two sides. */
    void part(Collection<Machine> one, Collection<Machine> other) throws InterruptedException {
        StringJoiner pairs = new StringJoiner(", ");
        for (Machine a : one) {
            for (Machine b : other) {
                pairs.add(pair(a, b)).add(pair(b, a));
            }
        }
        nft("add element bridge lab cut { " + pairs + " }");
    }

    /** So many of a hundred frames are lost, between any two hosts. */
    void lose(int percent) throws InterruptedException {
        nft("add rule bridge lab faults numgen random mod 100 < " + percent + " drop");
    }

    /** So many of a hundred frames arrive twice, between any two hosts. */
    void duplicate(int percent) throws InterruptedException {
        StringBuilder rules = new StringBuilder("table netdev lab {\n");
        for (Machine from : all()) {
            rules.append("chain ").append(from.name()).append(" { type filter hook ingress device \"").append(from.name()).append("\" priority 0;\n");
            for (Machine to : all()) {
                if (!to.equals(from)) {
                    rules.append("ether daddr ").append(hardwareAddress(to)).append(" numgen random mod 100 < ").append(percent)
                        .append(" dup to \"").append(to.name()).append("\"\n");
                }
            }
            rules.append("}\n");
        }
        nft(rules.append("}").toString());
    }

    /** No broadcast passes, but for the ARP without which nothing would. */
    void blockBroadcasts() throws InterruptedException {
        nft("add rule bridge lab faults ether type ip ether daddr ff:ff:ff:ff:ff:ff drop");
    }

    /** 'Port unreachable' does not pass: a process that ended looks like a machine that did. */
    void blockCrashHints() throws InterruptedException {
        nft("add rule bridge lab faults ether type ip ip protocol icmp drop");
    }

    /** What the host is sent passes a narrow place, where up to 100 ms of it waits and the rest is lost. */
    void slow(Machine machine) throws InterruptedException {
        slowed.add(machine.name());
        run("tc", "qdisc", "add", "dev", machine.name(), "root", "tbf", "rate", "512kbit", "burst", "10kb", "latency", "100ms");
    }

    /** The host's own card goes down: it hears 'network is unreachable' when it sends. */
    void cardDown(Machine machine) throws InterruptedException {
        cardsDown.add(machine.name());
        run("ip", "-n", prefix + "-" + machine.name(), "link", "set", CARD, "down");
    }

    /** The bridge takes nothing from the host and gives it nothing; the host does not notice. */
    void portDown(Machine machine) throws InterruptedException {
        portsDown.add(machine.name());
        port(machine.name(), BRIDGE_DISABLED);
    }

    /** Ends all faults. */
    void heal() throws InterruptedException {
        nft("flush set bridge lab cut\nflush chain bridge lab faults\nadd table netdev lab\ndelete table netdev lab");
        for (String name : cardsDown) {
            run("ip", "-n", prefix + "-" + name, "link", "set", CARD, "up");
        }
        for (String name : portsDown) {
            port(name, BRIDGE_FORWARDING);
        }
        for (String name : slowed) {
            run("tc", "qdisc", "del", "dev", name, "root");
        }
        cardsDown.clear();
        portsDown.clear();
        slowed.clear();
    }

    private static List<Machine> all() {
        List<Machine> all = new ArrayList<>(SERVERS);
        all.addAll(CLIENTS);
        return all;
    }

    /** As {@code lab/run} has given it. */
    private static String hardwareAddress(Machine machine) {
        return String.format("02:4c:41:42:00:%02x", machine.number());
    }

    private static String pair(Machine from, Machine to) {
        return "\"" + from.name() + "\" . \"" + to.name() + "\"";
    }

    private void port(String name, int state) throws InterruptedException {
        run("bridge", "link", "set", "dev", name, "state", String.valueOf(state));
    }

    private void nft(String rules) throws InterruptedException {
        shell.run(List.of("nft", "-f", "-"), rules + "\n");
    }

    private void run(String... command) throws InterruptedException {
        shell.run(List.of(command), "");
    }

    private static void runInSystem(List<String> command, String input) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new LabException("'" + String.join(" ", command) + "' failed: " + said.strip() + (input.isEmpty() ? "" : " (asked: " + input.strip() + ")"));
            }
        } catch (IOException e) {
            throw new LabException("'" + String.join(" ", command) + "' cannot be run: " + e.getMessage());
        }
    }
}
