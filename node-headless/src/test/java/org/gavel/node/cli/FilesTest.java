package org.gavel.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.gavel.protocol.identity.Uid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the program keeps on disk. */
class FilesTest {
    private static final Uid DRAWN = new Uid(99);

    @TempDir
    Path directory;

    @Test
    void shouldKeepUidAndRaiseTheIncarnation() throws IOException {
        try (NodeDataDirectory data = NodeDataDirectory.open(directory.resolve("new/amber"), null, DRAWN, 1_000)) {
            assertThat(data.uid()).isEqualTo(DRAWN);
            assertThat(data.incarnation()).isEqualTo(1_000);
        }
        try (NodeDataDirectory data = NodeDataDirectory.open(directory.resolve("new/amber"), null, new Uid(5), 500)) {
            assertThat(data.uid()).isEqualTo(DRAWN);
            assertThat(data.incarnation()).as("the clock went back").isEqualTo(1_001);
        }
        try (NodeDataDirectory data = NodeDataDirectory.open(directory.resolve("new/amber"), DRAWN, new Uid(5), 5_000)) {
            assertThat(data.incarnation()).isEqualTo(5_000);
        }
    }

    @Test
    void shouldRefuseASecondNodeOnOneDirectory() throws IOException {
        try (NodeDataDirectory data = NodeDataDirectory.open(directory, null, DRAWN, 1_000)) {
            assertThat(data.uid()).isEqualTo(DRAWN);
            assertUsage(() -> NodeDataDirectory.open(directory, null, DRAWN, 1_000), "another node runs");
        }
    }

    @Test
    void shouldRefuseAnotherUidThanTheStoredOne() throws IOException {
        NodeDataDirectory.open(directory, new Uid(7), DRAWN, 1_000).close();
        assertUsage(() -> NodeDataDirectory.open(directory, new Uid(8), DRAWN, 1_000), "belongs to uid 0000000000000007");
    }

    @Test
    void shouldRefuseADamagedFile() throws IOException {
        for (String text : new String[] {"", "{", "{}", "{\"uid\":\"xyz\",\"incarnation\":1}", "{\"uid\":\"0\",\"incarnation\":1}", "[1]"}) {
            Files.writeString(directory.resolve("node.json"), text);
            assertUsage(() -> NodeDataDirectory.open(directory, null, DRAWN, 1_000), "is damaged");
        }
    }

    @Test
    void shouldRefuseADirectoryThatCannotBeWritten() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "x");
        assertUsage(() -> NodeDataDirectory.open(file, null, DRAWN, 1_000), "cannot be used");
    }

    @Test
    void shouldKeepOneUidPerName() {
        IdentityFile identities = new IdentityFile(directory.resolve("gavel/identities.json"));
        Uid mika = identities.uidOf("mika");
        assertThat(identities.uidOf("ada")).isNotEqualTo(mika);
        assertThat(identities.uidOf("mika")).isEqualTo(mika);
        assertThat(mika.isNobody()).isFalse();
    }

    @Test
    void shouldSayWhatIsWrongWithTheIdentities() throws IOException {
        Path file = directory.resolve("identities.json");
        IdentityFile identities = new IdentityFile(file);
        for (String text : new String[] {"[]", "{", "{\"mika\":\"nothex\"}", "{\"mika\":\"0\"}"}) {
            Files.writeString(file, text);
            assertUsage(() -> identities.uidOf("mika"), "is damaged");
        }
        Path blocked = Files.writeString(directory.resolve("blocked"), "x");
        assertUsage(() -> new IdentityFile(blocked.resolve("identities.json")).uidOf("mika"), "cannot be read or written");
    }

    @Test
    void shouldFindThePersonsDirectoryOnEachSystem() {
        assertThat(IdentityFile.directory(Map.of(), "Linux", "/home/m")).isEqualTo(Path.of("/home/m/.config/gavel"));
        assertThat(IdentityFile.directory(Map.of("XDG_CONFIG_HOME", "/x"), "Linux", "/home/m")).isEqualTo(Path.of("/x/gavel"));
        assertThat(IdentityFile.directory(Map.of("XDG_CONFIG_HOME", "relative"), "Linux", "/home/m")).isEqualTo(Path.of("/home/m/.config/gavel"));
        assertThat(IdentityFile.directory(Map.of(), "Mac OS X", "/Users/m")).isEqualTo(Path.of("/Users/m/Library/Application Support/gavel"));
        assertThat(IdentityFile.directory(Map.of("APPDATA", "/appdata"), "Windows 11", "/c")).isEqualTo(Path.of("/appdata/gavel"));
    }

    @Test
    void shouldNameNodesByTheirUid() {
        assertThat(NodeNames.of(new Uid(42))).isEqualTo(NodeNames.of(new Uid(42))).matches("[a-z]{3,9}");
        assertThat(NodeNames.of(new Uid(42))).isNotEqualTo(NodeNames.of(new Uid(43)));
    }

    private static void assertUsage(ThrowingCallable call, String part) {
        assertThatThrownBy(call).isInstanceOfSatisfying(CliException.class, e -> assertThat(e.exitCode()).isEqualTo(2)).hasMessageContaining(part);
    }
}
