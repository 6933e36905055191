package org.gavel.node.replication.worlds;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.gavel.node.replication.Configuration;
import org.gavel.node.replication.GroupListener;
import org.gavel.node.replication.GroupStatus;
import org.gavel.node.replication.ReplicatedGroup;
import org.gavel.node.replication.StateMachine;
import org.gavel.node.replication.SubmitResult;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.wire.Acceptor;
import org.gavel.protocol.wire.LogEntry;
import org.gavel.protocol.wire.Message;

/** The production group of one node. Loaded once more, with a patched group, for every planted bug. */
final class GroupSubject implements Subject, StateMachine, GroupListener {
    private static final byte[] NOTHING = "{}".getBytes(StandardCharsets.UTF_8);
    private static final Uid CLIENT = new Uid(900);

    private final GroupCast cast;
    private final NodeRef self;
    private final SmallHost host;
    private final ReplicatedGroup group;
    private List<Object> seen = new ArrayList<>();
    /** Of the one session: highest bid applied here, and highest given to this node as the leader of its epoch. */
    private long applied;
    private long submitted;
    /** Uid of who is to be put out once the spare has caught up; 0 for nobody. */
    private long puttingOut;
    private boolean spareIsThere;

    GroupSubject(GroupCast cast, int node) {
        this.cast = cast;
        self = cast.refs().get(node);
        host = new SmallHost(self, cast.storeIsSlow());
        List<Acceptor> acceptors = cast.acceptors().stream().map(cast::acceptor).toList();
        Configuration base = node == GroupCast.SPARE ? null : new Configuration(0, 0, acceptors, "{}");
        ReplicatedGroup[] made = new ReplicatedGroup[1];
        host.pass(() -> made[0] = new ReplicatedGroup(7, self, cast.logId(node), base, host, host, this, this, cast.settings()));
        group = made[0];
        while (host.timers().contains("STORE")) {
            host.fire("STORE");
        }
        host.pass(() -> group.setMembers(cast.members().stream().map(cast.refs()::get).toList()));
    }

    @Override
    public void apply(Stimulus stimulus) {
        if (stimulus instanceof Stimulus.Deliver deliver) {
            NodeRef from = cast.refs().get(deliver.from());
            host.pass(() -> group.onMessage(from.peer(), from, deliver.message()));
        } else if (stimulus instanceof Stimulus.Fire fire) {
            host.fire(fire.timer());
        } else if (stimulus instanceof Stimulus.Call call) {
            host.pass(() -> call(call));
        }
        if (puttingOut != 0 && spareIsThere) {
            host.pass(this::change);
        }
    }

    private void call(Stimulus.Call call) {
        switch (call.what()) {
            case GroupWorld.NOMINATE -> group.takeOver(call.first());
            case GroupWorld.BID -> bid(call.first());
            case GroupWorld.REPLACE -> {
                puttingOut = call.first();
                spareIsThere = false;
                group.addLearner(cast.refs().get(GroupCast.SPARE), cast.logId(GroupCast.SPARE));
            }
            default -> throw new IllegalArgumentException("no call: " + call);
        }
    }

    private void bid(long sequence) {
        byte[] body = ("{\"bid\":" + sequence + "}").getBytes(StandardCharsets.UTF_8);
        SubmitResult result = group.submit(new Message.Submit(CLIENT, 5, sequence, 1, body), 0);
        if (result.kind() != SubmitResult.Kind.APPENDED && result.kind() != SubmitResult.Kind.QUEUED) {
            throw new IllegalStateException("bid " + sequence + " is " + result.kind() + ": " + result.sentence());
        }
        submitted = sequence;
    }

    private void change() {
        List<Acceptor> wanted = new ArrayList<>(group.committedConfiguration().acceptors());
        long out = puttingOut;
        wanted.removeIf(a -> a.node().uid().value() == out);
        wanted.add(cast.acceptor(GroupCast.SPARE));
        puttingOut = 0;
        group.reconfigure(wanted, "{}");
    }

    @Override
    public List<Sent> takeSent() {
        return host.takeSent();
    }

    @Override
    public List<Object> takeSeen() {
        List<Object> taken = seen;
        seen = new ArrayList<>();
        return taken;
    }

    @Override
    public Collection<String> timers() {
        return host.timers();
    }

    @Override
    public void describe(Fingerprint out) {
        out.any(group);
        out.any(host.timers());
        out.any(host.writes());
        out.number(applied);
        out.number(submitted);
        out.number(puttingOut);
        out.number(spareIsThere ? 1 : 0);
    }

    @Override
    public Object facts() {
        GroupStatus status = group.status();
        long[] checksums = new long[(int) group.lastIndex() + 1];
        for (int i = 1; i < checksums.length; i++) {
            checksums[i] = group.entry(i) == null ? 0 : group.entry(i).checksum();
        }
        long stored = status.lastEntries().stream().filter(GroupStatus.Entry::held).mapToLong(GroupStatus.Entry::index).max().orElse(0);
        Configuration latest = group.latestConfiguration();
        boolean acceptor = latest != null && latest.contains(self.uid(), group.logId());
        List<List<Integer>> deciding = latest == null ? List.of() : List.of(nodes(group.committedConfiguration()), nodes(latest));
        boolean leads = group.leader().equals(self.uid());
        return new GroupFacts(status.role().name(), leads || status.role() == GroupStatus.Role.CANDIDATE ? group.epoch() : 0, group.promisedEpoch(),
                group.committedIndex(), group.lastIndex(), stored, checksums, acceptor, leads && isChanging(),
                Math.max(applied, submitted) + 1, deciding);
    }

    /** A leader's change of acceptors waits for its newcomer to be caught up, to hold all, or for its commit. */
    private boolean isChanging() {
        return puttingOut != 0 || host.timers().contains("NEWCOMER") || group.latestConfiguration().index() > group.committedConfiguration().index();
    }

    private static List<Integer> nodes(Configuration configuration) {
        return configuration.acceptors().stream().map(a -> (int) a.node().uid().value() - 1).toList();
    }

    // ---------------------------------------------------------------- state machine

    @Override
    public byte[] apply(LogEntry entry) {
        return NOTHING;
    }

    @Override
    public byte[] snapshot() {
        return NOTHING;
    }

    @Override
    public void restore(byte[] snapshot) { }

    // ---------------------------------------------------------------- listener

    @Override
    public void onServing(long epoch) {
        submitted = 0;
    }

    @Override
    public void onLeader(long epoch, Uid leader) { }

    @Override
    public void onDeposed(long epoch, long higherEpoch) {
        submitted = 0;
        puttingOut = 0;
    }

    @Override
    public void onTakeOverFailed(long epoch, String reason) { }

    @Override
    public void onApplied(LogEntry entry, byte[] outcome) {
        if (entry.client().equals(CLIENT)) {
            applied = entry.sequence();
        }
        long bid = entry.client().equals(CLIENT) ? entry.sequence() : 0;
        seen.add(new GroupSeen.Applied(entry.index(), entry.checksum(), bid, group.leader().equals(self.uid()) ? group.epoch() : 0,
                entry.toString()));
    }

    @Override
    public void onRestored(long index) { }

    @Override
    public void onConfiguration(Configuration configuration, boolean committedToo) { }

    @Override
    public void onCaughtUp(NodeRef learner) {
        spareIsThere = true;
    }

    @Override
    public void onPaused(boolean paused, String sentence) { }

    @Override
    public void onCorruption(String sentence) {
        seen.add(new GroupSeen.Corruption(sentence));
    }

    @Override
    public void onReconfigurationFailed(String reason) { }
}
