package org.gavel.desktop;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.gavel.desktop.screen.ScreenId;
import org.gavel.protocol.auction.Participant;
import org.gavel.protocol.identity.Address;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** What the window is told at its start. What is not told comes from the person's preferences. */
@Command(name = "gavel-desktop", mixinStandardHelpOptions = true, usageHelpAutoWidth = true, sortOptions = false,
    versionProvider = GavelDesktop.ManifestVersion.class, description = "Gavel's window: see the ring, bid, kill a node, watch the re-election.",
    footer = {"", "Examples:", "  gavel-desktop --demo", "  gavel-desktop --cluster hall --bind lan", "  gavel-desktop --demo --snapshot ring.png --theme dark"})
final class DesktopOptions {
    private static final int PEERS_MAX = 128;
    private static final int CLUSTER_CHARS_MAX = 64;
    private static final int SIZE_MIN = 400;
    private static final int SIZE_MAX = 4_096;

    /** Width and height of the window. */
    record Size(int width, int height) { }

    @Spec
    private CommandSpec spec;

    @Option(names = "--demo", description = "start seven nodes on this machine, which end with the window, and look at them")
    boolean demo;

    private String cluster = "gavel";
    private Integer port;
    private List<Address> peers = new ArrayList<>();

    @Option(names = "--cluster", paramLabel = "NAME", defaultValue = "gavel", description = "name of the cluster (default: ${DEFAULT-VALUE})")
    void cluster(String name) {
        require(!name.isBlank() && name.length() <= CLUSTER_CHARS_MAX && name.chars().noneMatch(Character::isISOControl),
            "a cluster's name has 1 to " + CLUSTER_CHARS_MAX + " visible characters");
        cluster = name;
    }

    @Option(names = "--port", paramLabel = "PORT", description = "UDP port of the discovery (default: as in the preferences, at first 45454)")
    void port(int number) {
        require(number >= 1 && number <= 65_535, "--port is 1 to 65535, not " + number);
        port = number;
    }

    @Option(names = "--bind", paramLabel = "WHERE",
        description = "loopback, lan, the name of a card, or an address of this machine (default: as in the preferences, at first loopback)")
    String bind;

    @Option(names = "--peer", paramLabel = "HOST:PORT", converter = PeerConverter.class,
        description = "a node to ask directly, where broadcast does not reach; may be repeated")
    void peers(List<Address> addresses) {
        require(addresses.size() <= PEERS_MAX, "--peer may be given " + PEERS_MAX + " times at most");
        peers = addresses;
    }

    private String as;

    @Option(names = "--as", paramLabel = "NAME", description = "which of the bidders kept on this machine you are (default: as in the preferences)")
    void as(String name) {
        require(!name.isBlank() && Participant.nameComplaint(name).isEmpty(), "--as takes a name of 1 to " + Participant.NAME_CHARS_MAX + " visible characters");
        as = name;
    }

    @Option(names = "--read-only", description = "look only: no bids, no starts, no faults")
    boolean readOnly;

    @Option(names = "--replay", paramLabel = "FILE", description = "look at a recording that the Timeline screen has exported")
    Path replay;

    @Option(names = "--snapshot", paramLabel = "FILE.png", description = "draw a screen into this file without a display, and end")
    Path snapshot;

    @Option(names = "--screen", paramLabel = "NAME", converter = ScreenConverter.class, defaultValue = "cluster",
        description = "which screen to open: cluster, auctions, timeline, charts or preferences (default: ${DEFAULT-VALUE})")
    ScreenId screen = ScreenId.CLUSTER;

    private Boolean dark;

    @Option(names = "--theme", paramLabel = "THEME", description = "dark or light (default: as in the preferences)")
    void theme(String theme) {
        require(theme.equals("dark") || theme.equals("light"), "--theme is dark or light, not '" + theme + "'");
        dark = theme.equals("dark");
    }

    @Option(names = "--size", paramLabel = "WIDTHxHEIGHT", converter = SizeConverter.class, defaultValue = "1440x900", description = "of the window (default: ${DEFAULT-VALUE})")
    Size size = new Size(1_440, 900);

    String cluster() {
        return cluster;
    }

    /** Null: as in the preferences. */
    Boolean dark() {
        return dark;
    }

    /** Null: as in the preferences. */
    Integer port() {
        return port;
    }

    List<Address> peers() {
        return peers;
    }

    /** Null: as in the preferences. */
    String as() {
        return as;
    }

    private void require(boolean holds, String sentence) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), sentence);
        }
    }

    /** {@code host:port}. */
    static final class PeerConverter implements ITypeConverter<Address> {
        @Override
        public Address convert(String text) {
            try {
                return Address.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("--peer takes HOST:PORT, not '" + text + "'");
            }
        }
    }

    /** A screen by its word. */
    static final class ScreenConverter implements ITypeConverter<ScreenId> {
        @Override
        public ScreenId convert(String text) {
            for (ScreenId screen : ScreenId.values()) {
                if (screen.word().equals(text.toLowerCase(Locale.ROOT))) {
                    return screen;
                }
            }
            throw new TypeConversionException("--screen is cluster, auctions, timeline, charts or preferences, not '" + text + "'");
        }
    }

    /** Such as 1600x1000. */
    static final class SizeConverter implements ITypeConverter<Size> {
        @Override
        public Size convert(String text) {
            if (text.matches("[0-9]{3,4}x[0-9]{3,4}")) {
                String[] parts = text.split("x");
                Size size = new Size(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
                if (Math.min(size.width(), size.height()) >= SIZE_MIN && Math.max(size.width(), size.height()) <= SIZE_MAX) {
                    return size;
                }
            }
            throw new TypeConversionException("--size is WIDTHxHEIGHT of " + SIZE_MIN + " to " + SIZE_MAX + " each, not '" + text + "'");
        }
    }
}
