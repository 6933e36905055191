package org.gavel.protocol.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Set;
import org.gavel.protocol.identity.Address;
import org.gavel.protocol.identity.NodeRef;
import org.gavel.protocol.identity.PeerId;
import org.gavel.protocol.identity.ProcessIdentity;
import org.gavel.protocol.identity.Uid;
import org.gavel.protocol.identity.ViewId;
import org.gavel.protocol.wire.JsonFields;
import org.gavel.protocol.wire.MalformedException;
import org.junit.jupiter.api.Test;

class RingViewTest {
    private static final Uid A = new Uid(9);
    private static final Uid B = new Uid(3);
    private static final Uid C = new Uid(-2);
    private final RingView view = RingView.founding(-77, 4, List.of(member(A, 1), member(B, 1), member(C, 1)), C);

    private static Member member(Uid uid, long incarnation) {
        ProcessIdentity process = incarnation > 1 ? new ProcessIdentity("boot/7", 42, 1234) : ProcessIdentity.UNKNOWN;
        return new Member(new NodeRef(uid, incarnation, new Address(0x7f000001, 4000), "n\u00e4me", process), -5 - uid.value());
    }

    @Test
    void shouldWalkInOrderOfJoiningAndCloseTheRing() {
        assertThat(view.successor(A)).contains(member(B, 1));
        assertThat(view.successor(C)).contains(member(A, 1));
        assertThat(view.predecessor(A)).contains(member(C, 1));
        assertThat(view.successor(new Uid(5))).isEmpty();
        RingView alone = view.without(Set.of(A, B));
        assertThat(alone.successor(C)).contains(member(C, 1));
        assertThat(alone.predecessor(C)).contains(member(C, 1));
    }

    @Test
    void shouldSkipTheDead() {
        assertThat(view.livingSuccessor(A, uid -> !uid.equals(B))).contains(member(C, 1));
        assertThat(view.livingSuccessor(A, uid -> uid.equals(A))).contains(member(A, 1));
        assertThat(view.livingSuccessor(A, uid -> false)).isEmpty();
        assertThat(view.livingFrom(B, uid -> !uid.equals(C))).containsExactly(member(B, 1), member(A, 1));
        assertThat(view.startingAt(C)).containsExactly(member(C, 1), member(A, 1), member(B, 1));
    }

    @Test
    void shouldTellStartsApart() {
        assertThat(view.contains(new PeerId(A, 1))).isTrue();
        assertThat(view.contains(new PeerId(A, 2))).isFalse();
        assertThat(view.contains(A)).isTrue();
    }

    @Test
    void shouldPutNewcomersAndNewerStartsAtTheEnd() {
        RingView changed = view.without(Set.of(C)).with(List.of(member(A, 2), member(new Uid(4), 1))).next(6, B);
        assertThat(changed.uids()).containsExactly(B, A, new Uid(4));
        assertThat(changed.id()).isEqualTo(new ViewId(-77, 6, 2));
        assertThat(changed.inm()).isEqualTo(B);
        assertThat(view.without(Set.of(C)).inm()).as("its INM left").isEqualTo(Uid.NOBODY);
        assertThat(view.uids()).as("views are immutable").containsExactly(A, B, C);
    }

    @Test
    void shouldComeBackFromJson() throws MalformedException {
        for (RingView each : List.of(view, RingView.NONE, view.with(List.of(member(A, 2))))) {
            assertThat(RingView.fromJson(JsonFields.parse(JsonFields.bytes(each.toJson()), "it"))).isEqualTo(each);
        }
    }

    @Test
    void shouldRefuseAViewThatNamesAMemberTwice() {
        JsonObject json = view.toJson();
        json.getAsJsonArray("members").add(json.getAsJsonArray("members").get(0));
        assertThatThrownBy(() -> RingView.fromJson(JsonFields.of(json, "it"))).isInstanceOf(MalformedException.class).hasMessageContaining("twice");
    }

    @Test
    void shouldNameDutiesAsPeopleReadThem() {
        assertThat(List.of(Duty.values())).extracting(Duty::word).containsExactly("idle", "inm", "active", "follower");
    }
}
