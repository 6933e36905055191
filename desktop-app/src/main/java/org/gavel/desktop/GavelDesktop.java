package org.gavel.desktop;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.gavel.node.cli.GavelNode;
import picocli.CommandLine;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;

/** The window's program. Not itself a JavaFX application class: those cannot be started from the class path. */
public final class GavelDesktop {
    private static final int DONE = 0;
    private static final int USAGE = 2;
    /** Kept here: a logger that nobody holds may be collected, and its level with it. */
    private static final Logger JAVAFX = Logger.getLogger("javafx");

    private GavelDesktop() { }

    public static void main(String[] args) {
        DesktopOptions options = new DesktopOptions();
        CommandLine line = new CommandLine(options);
        try {
            if (CommandLine.printHelpIfRequested(line.parseArgs(args))) {
                System.exit(DONE);
            }
        } catch (ParameterException e) {
            new PrintWriter(System.err, true).println(e.getMessage() + "; 'gavel-desktop --help' shows how it is meant");
            System.exit(USAGE);
        }
        if (SmallMemory.isToBeBounded() && (options.snapshot != null || Display.isThere(System.getenv(), System.getProperty("os.name")))) {
            System.exit(startAgain(args));
        }
        SmallMemory.endWithTheFirst();
        // JavaFX warns of its own absence from the module path, which is how one jar works.
        JAVAFX.setLevel(Level.SEVERE);
        run(options, System.getenv(), System.getProperty("os.name"));
    }

    private static int startAgain(String[] args) {
        try {
            return SmallMemory.startAgain(GavelDesktop.class, List.of(args));
        } catch (UncheckedIOException e) {
            System.err.println(e.getMessage());
            return USAGE;
        }
    }

    private static void run(DesktopOptions options, Map<String, String> environment, String osName) {
        try {
            start(options, environment, osName);
        } catch (UncheckedIOException e) {
            System.err.println(e.getMessage());
            System.exit(USAGE);
        }
    }

    private static void start(DesktopOptions options, Map<String, String> environment, String osName) {
        if (options.snapshot != null) {
            Display.renderHeadless(options.size.width(), options.size.height());
            Start.snapshot(options, environment);
        } else if (Display.isThere(environment, osName)) {
            Start.window(options, environment);
        } else if (options.demo) {
            System.out.println("There is no display (neither DISPLAY nor WAYLAND_DISPLAY is set): the demo plays in the terminal.");
            GavelNode.main(new String[] {"demo"});
        } else {
            System.err.println("There is no display (neither DISPLAY nor WAYLAND_DISPLAY is set). Log in with one, or use --snapshot FILE.png for a "
                + "picture, --demo for the demo in the terminal, or 'gavel-node client' to take part.");
            System.exit(USAGE);
        }
    }

    /** The jar's own manifest. */
    static final class ManifestVersion implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = GavelDesktop.class.getPackage().getImplementationVersion();
            return new String[] {"gavel " + (version == null ? "(not from a jar)" : version)};
        }
    }
}
