package org.gavel.node.directory;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gavel.node.catalogue.ItemCatalogue;
import org.gavel.node.replication.StateMachine;
import org.gavel.protocol.auction.Item;
import org.gavel.protocol.auction.Outcome;
import org.gavel.protocol.auction.Standing;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.ring.Duty;
import org.gavel.protocol.ring.Member;
import org.gavel.protocol.ring.RingView;
import org.gavel.protocol.wire.JsonFields;
import org.gavel.protocol.wire.LogEntry;
import org.gavel.protocol.wire.MalformedException;

/**
 * The ring's replicated state: its view, the catalogue, the directory of auctions (protocol.md section 8). Total: whatever the bytes of
 * an entry are, it is accepted or rejected with a sentence, never thrown at. Every change of an item compares the auction id.
 */
public final class RingState implements StateMachine {
    private static final int ENTRIES_READ_MAX = AuctionDirectory.OVER_MAX + ItemCatalogue.ITEMS_MAX + RingView.MEMBERS_MAX;

    private final ItemStock items = new ItemStock();
    private final AuctionDirectory directory = new AuctionDirectory();
    private final ClaimRules claims = new ClaimRules(this);
    private RingView view = RingView.NONE;
    private boolean founded;
    private boolean dissolved;
    private long auctionsStarted;

    /** What {@code replication} puts into a config entry as its payload. */
    public static String payload(RingView view) {
        return new String(JsonFields.bytes(view.toJson()), StandardCharsets.UTF_8);
    }

    /** Reads {@link #payload}. */
    public static RingView readPayload(String payload) throws MalformedException {
        return RingView.fromJson(JsonFields.of(JsonFields.element(payload, "the view"), "the view"));
    }

    /** The view that the group was born with, which no entry of the log holds. */
    public void begin(RingView founding) {
        view = founding;
    }

    @Override
    public byte[] apply(LogEntry entry) {
        return switch (entry.kind()) {
            case CONFIG -> configure(entry.body()).toJson();
            case COMMAND -> apply(entry.body()).toJson();
            case EMPTY -> RingOutcome.accepted("config").toJson();
        };
    }

    /** A payload that is no view leaves the view as it was. */
    private RingOutcome configure(byte[] body) {
        try {
            JsonElement payload = JsonFields.parse(body, "the configuration").raw("payload");
            boolean text = payload != null && payload.isJsonPrimitive() && payload.getAsJsonPrimitive().isString();
            view = text ? readPayload(payload.getAsString()) : RingView.fromJson(JsonFields.of(payload, "the view"));
            return RingOutcome.accepted("config");
        } catch (MalformedException e) {
            return new RingOutcome("config", false, "", 0, "", false, e.getMessage());
        }
    }

    /** Applies the body of a command. */
    RingOutcome apply(byte[] body) {
        RingCommand command;
        try {
            command = RingCommand.parse(body);
        } catch (MalformedException e) {
            return RingOutcome.rejected("unknown", e.getMessage());
        }
        return switch (command.type()) {
            case "catalogue" -> fill((RingCommand.Catalogue) command);
            case "founded" -> found();
            case "claim" -> claim((RingCommand.Claim) command);
            case "release" -> release((RingCommand.Release) command);
            case "activated" -> activate((RingCommand.Activated) command);
            case "members" -> regroup((RingCommand.Members) command);
            case "lapse" -> lapse((RingCommand.Lapse) command);
            case "settle" -> settle((RingCommand.Settle) command);
            case "freed" -> free((RingCommand.Freed) command);
            case "dissolve" -> dissolve();
            default -> throw new IllegalStateException("every parsed command has its rule");
        };
    }

    private RingOutcome fill(RingCommand.Catalogue command) {
        if (!items.isEmpty()) {
            return RingOutcome.rejected(command.type(), "the catalogue was filled before; only the first one counts");
        }
        try {
            items.fill(command.items());
            return RingOutcome.accepted(command.type());
        } catch (IllegalArgumentException e) {
            return RingOutcome.rejected(command.type(), e.getMessage());
        }
    }

    private RingOutcome found() {
        founded = true;
        return RingOutcome.accepted("founded");
    }

    private RingOutcome dissolve() {
        if (sold()) {
            return RingOutcome.rejected("dissolve", "this ring has sold: it stays");
        }
        dissolved = true;
        return RingOutcome.accepted("dissolve");
    }

    /** Why this start would be refused however many nodes were idle; empty if it would not. */
    public Optional<String> startRefusal(RingCommand.Start start) {
        return Optional.ofNullable(claims.itemRefusal(start));
    }

    private RingOutcome claim(RingCommand.Claim command) {
        Optional<DirectoryEntry> stored = directory.byRequest(command.start().requestId());
        if (stored.isPresent()) {
            return RingOutcome.repeated(command.type(), stored.get());
        }
        // A claim sequenced behind the dissolution would sell in a ring that nobody asks any more.
        String refusal = dissolved ? "this ring dissolves into another of its cluster; ask again in a moment" : claims.refusal(command);
        if (refusal != null) {
            return RingOutcome.rejected(command.type(), refusal);
        }
        RingCommand.Start start = command.start();
        CatalogueItem item = items.item(start.itemId()).orElseThrow();
        auctionsStarted++;
        Assignment assignment = new Assignment(start.itemId() + "-" + auctionsStarted, 1 + auctionsStarted,
                item.item().withPrices(start.startPriceCents(), start.reserveCents()), start.seller(), start.sellerName(), start.durationMs(),
                start.requestId());
        DirectoryEntry entry = new DirectoryEntry(assignment,
                new DirectoryEntry.Group(command.members(), command.acceptors(), List.of(), Uid.NOBODY, 0), AuctionStage.ASSIGNED, false, "");
        items.claim(item, entry.auctionId());
        directory.put(entry);
        return RingOutcome.accepted(command.type(), entry);
    }

    private RingOutcome activate(RingCommand.Activated command) {
        DirectoryEntry entry = directory.byId(command.auctionId()).orElse(null);
        String refusal = entry == null ? unknown(command.auctionId()) : claims.activationRefusal(entry, command);
        if (refusal != null) {
            return refused(command, entry, refusal);
        }
        DirectoryEntry running = entry.withGroup(claims.reportedGroup(entry.group(), command)).withStage(AuctionStage.RUNNING);
        directory.put(running);
        return RingOutcome.accepted(command.type(), running);
    }

    private RingOutcome regroup(RingCommand.Members command) {
        DirectoryEntry entry = directory.byId(command.auctionId()).orElse(null);
        String refusal = entry == null ? unknown(command.auctionId()) : claims.membersRefusal(entry, command.members());
        if (refusal != null) {
            return refused(command, entry, refusal);
        }
        DirectoryEntry changed = entry.withGroup(claims.changedGroup(entry.group(), command.members()));
        directory.put(changed);
        return RingOutcome.accepted(command.type(), changed);
    }

    private RingOutcome lapse(RingCommand.Lapse command) {
        DirectoryEntry entry = directory.byId(command.auctionId()).orElse(null);
        if (entry == null) {
            return RingOutcome.rejected(command.type(), unknown(command.auctionId()));
        }
        if (entry.stage() == AuctionStage.LAPSED) {
            return RingOutcome.repeated(command.type(), entry);
        }
        if (entry.stage() != AuctionStage.ASSIGNED) {
            return RingOutcome.rejected(command.type(), entry, entry.auctionId() + " is " + entry.stage().word() + ", only an assignment lapses");
        }
        DirectoryEntry lapsed = entry.withResult(AuctionStage.LAPSED, cancelled(command.reason())).asFreed();
        items.settle(lapsed, false);
        directory.put(lapsed);
        return RingOutcome.accepted(command.type(), lapsed);
    }

    private RingOutcome settle(RingCommand.Settle command) {
        DirectoryEntry entry = directory.byId(command.auctionId()).orElse(null);
        if (entry == null) {
            return RingOutcome.rejected(command.type(), unknown(command.auctionId()));
        }
        Outcome result;
        try {
            result = Outcome.fromJson(command.result());
        } catch (MalformedException e) {
            return RingOutcome.rejected(command.type(), entry, e.getMessage());
        }
        if (!result.isEnd()) {
            return RingOutcome.rejected(command.type(), entry, "'" + result.type() + "' ends no auction");
        }
        if (entry.stage().isOver()) {
            return entry.result().equals(command.result()) ? RingOutcome.repeated(command.type(), entry)
                    : RingOutcome.rejected(command.type(), entry, entry.auctionId() + " is " + entry.stage().word() + " with another result");
        }
        boolean cancelled = result.type().equals("cancelled");
        DirectoryEntry settled = entry.withResult(cancelled ? AuctionStage.CANCELLED : AuctionStage.FINISHED, command.result());
        if (!cancelled) {
            items.settle(settled, result.sold());
        }
        directory.put(settled);
        return RingOutcome.accepted(command.type(), settled);
    }

    private RingOutcome release(RingCommand.Release command) {
        CatalogueItem item = items.item(command.itemId()).orElse(null);
        if (item == null) {
            return RingOutcome.rejected(command.type(), ClaimRules.unknownItem(command.itemId()));
        }
        if (item.status() != ItemStatus.CLAIMED) {
            return RingOutcome.rejected(command.type(), item.status() == ItemStatus.SOLD
                    ? "item '" + command.itemId() + "' was sold in " + item.auctionId() + "; what is sold stays sold"
                    : "item '" + command.itemId() + "' is available already; there is nothing to release");
        }
        items.release(item);
        DirectoryEntry entry = directory.byId(item.auctionId()).orElse(null);
        if (entry == null) {
            return RingOutcome.accepted(command.type());
        }
        if (!entry.stage().isOver()) {
            entry = entry.withResult(AuctionStage.CANCELLED, cancelled("released by the operator")).asFreed();
            directory.put(entry);
        }
        return RingOutcome.accepted(command.type(), entry);
    }

    private RingOutcome free(RingCommand.Freed command) {
        DirectoryEntry entry = directory.byId(command.auctionId()).orElse(null);
        if (entry == null) {
            return RingOutcome.rejected(command.type(), unknown(command.auctionId()));
        }
        if (entry.freed()) {
            return RingOutcome.repeated(command.type(), entry);
        }
        if (!entry.stage().isOver()) {
            return RingOutcome.rejected(command.type(), entry, entry.auctionId() + " is " + entry.stage().word() + ", its nodes are needed");
        }
        DirectoryEntry freed = entry.asFreed();
        directory.put(freed);
        return RingOutcome.accepted(command.type(), freed);
    }

    private static RingOutcome refused(RingCommand command, DirectoryEntry entry, String refusal) {
        return entry == null ? RingOutcome.rejected(command.type(), refusal) : RingOutcome.rejected(command.type(), entry, refusal);
    }

    private static String unknown(String auctionId) {
        return "there is no auction '" + auctionId + "'";
    }

    /** The result of an auction that its group never reported. */
    private static String cancelled(String reason) {
        Outcome outcome = new Outcome("cancelled", Outcome.Result.ACCEPTED, Uid.NOBODY, "", 0, Standing.NONE, false, reason);
        return new String(outcome.toJson(), StandardCharsets.UTF_8);
    }

    /** The installed view. */
    public RingView view() {
        return view;
    }

    /** True once the founding view had enough members. */
    public boolean founded() {
        return founded;
    }

    /** True once it was agreed that this foundation ends: no auction starts in it any more. */
    public boolean dissolved() {
        return dissolved;
    }

    /** True once any auction was started in this foundation: it never dissolves into another. */
    public boolean sold() {
        return auctionsStarted > 0;
    }

    /** False until an INM has put its items into the log. */
    public boolean hasCatalogue() {
        return !items.isEmpty();
    }

    /** In the order of the catalogue. */
    public List<CatalogueItem> items() {
        return items.all();
    }

    public Optional<CatalogueItem> item(String itemId) {
        return items.item(itemId);
    }

    public List<Item> availableItems() {
        return items.available();
    }

    /** All that are known, in the order of their claims. */
    public List<DirectoryEntry> auctions() {
        return directory.all();
    }

    /** Assigned or running. */
    public List<DirectoryEntry> auctionsRunning() {
        return directory.all().stream().filter(e -> !e.stage().isOver()).toList();
    }

    public Optional<DirectoryEntry> auction(String auctionId) {
        return directory.byId(auctionId);
    }

    public Optional<DirectoryEntry> auctionOfGroup(long group) {
        return directory.all().stream().filter(e -> e.assignment().group() == group).findFirst();
    }

    public Optional<DirectoryEntry> auctionOfRequest(String requestId) {
        return directory.byRequest(requestId);
    }

    /** The auction that this very start of a node serves. */
    public Optional<DirectoryEntry> auctionOf(NodeRef node) {
        return directory.byNode(node);
    }

    /** The auction that a member of the view serves. */
    public Optional<DirectoryEntry> auctionOf(Uid uid) {
        return view.member(uid).map(Member::node).flatMap(directory::byNode);
    }

    /** The duty of a member of the view; an INM that also serves an auction, for want of idle nodes, is called INM. */
    public Duty dutyOf(Uid uid) {
        if (uid.equals(view.inm())) {
            return Duty.INM;
        }
        return auctionOf(uid).map(e -> e.group().active().equals(uid) ? Duty.ACTIVE : Duty.FOLLOWER).orElse(Duty.IDLE);
    }

    /** Members of the view that wait for an assignment, in ring order. */
    public List<NodeRef> idleNodes() {
        return view.nodes().stream().filter(n -> dutyOf(n.uid()) == Duty.IDLE).toList();
    }

    @Override
    public byte[] snapshot() {
        JsonObject json = new JsonObject();
        json.add("view", view.toJson());
        json.addProperty("founded", founded);
        json.addProperty("dissolved", dissolved);
        json.addProperty("auctionsStarted", auctionsStarted);
        json.add("items", items.toJson());
        JsonArray auctions = new JsonArray();
        directory.all().forEach(entry -> auctions.add(entry.toJson()));
        json.add("auctions", auctions);
        return JsonFields.bytes(json);
    }

    @Override
    public void restore(byte[] snapshot) throws MalformedException {
        JsonFields in = JsonFields.parse(snapshot, "the ring's snapshot");
        RingView restored = RingView.fromJson(JsonFields.of(in.raw("view"), "the view"));
        List<CatalogueItem> restoredItems = ItemStock.fromJson(in.objects("items", ItemCatalogue.ITEMS_MAX));
        List<DirectoryEntry> entries = new ArrayList<>();
        for (JsonFields one : in.objects("auctions", ENTRIES_READ_MAX)) {
            entries.add(DirectoryEntry.fromJson(one));
        }
        boolean restoredFounded = in.flagOr("founded", false);
        boolean restoredDissolved = in.flagOr("dissolved", false);
        auctionsStarted = in.number("auctionsStarted");
        founded = restoredFounded;
        dissolved = restoredDissolved;
        view = restored;
        items.replaceAll(restoredItems);
        directory.replaceAll(entries);
    }
}
