package org.gavel.node.processes;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The program that runs now, to be started once more: its Java, its class path.
 *
 * @param java      the {@code java} command
 * @param classPath a jar, or many entries
 * @param mainClass of the node program
 */
public record OwnProgram(String java, String classPath, String mainClass) {
    public static final String MAIN_CLASS = "org.gavel.node.cli.GavelNode";

    /** The very jar, or classes, of this process. */
    public static OwnProgram current() {
        return of(System.getProperty("java.class.path"));
    }

    /** Another jar under the same Java. */
    public static OwnProgram of(String classPath) {
        String java = Path.of(System.getProperty("java.home"), "bin", File.separatorChar == '\\' ? "java.exe" : "java").toString();
        return new OwnProgram(java, classPath, MAIN_CLASS);
    }

    /** The command line that runs it with these arguments. */
    public List<String> command(List<String> jvmFlags, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(java);
        command.addAll(jvmFlags);
        command.addAll(List.of("-cp", classPath, mainClass));
        command.addAll(arguments);
        return command;
    }
}
