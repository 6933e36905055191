package org.gavel.desktop.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program of the tests' class path in a process of its own, so that its start and its memory are its own. */
public final class OwnProcess {
    /** As a window on a display, except that what it draws goes to memory. */
    public static final List<String> DRAWS_INTO_MEMORY = List.of("-Dglass.platform=Monocle", "-Dmonocle.platform=Headless", "-Dheadless.geometry=1920x1200-32",
        "-Dprism.order=sw", "-Dprism.text=t2k", "-Djava.awt.headless=true");

    private OwnProcess() { }

    /** Of this very Java. */
    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Not yet started. */
    public static ProcessBuilder drawingIntoMemory(List<String> flags, Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(java()));
        command.addAll(flags);
        command.addAll(DRAWS_INTO_MEMORY);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }
}
