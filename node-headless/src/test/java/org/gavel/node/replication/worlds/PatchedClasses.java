package org.gavel.node.replication.worlds;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * The room of replication and this checker once more, with one production class compiled from a source that was broken on purpose. Everything of the room is loaded
 * anew, so that the broken class meets its neighbours; the rest comes from the loader of the tests.
 */
final class PatchedClasses extends ClassLoader {
    private static final String ROOM = "org.gavel.node.replication.";

    private final Map<String, byte[]> patched;

    private PatchedClasses(Map<String, byte[]> patched) {
        super(PatchedClasses.class.getClassLoader());
        this.patched = patched;
    }

    /** Loads the room with that bug in it; a bug whose place in the source is gone is an error. */
    static PatchedClasses with(PlantedBug bug) {
        try {
            Map<String, byte[]> classes = new HashMap<>();
            for (PlantedBug.Patch patch : bug.patches()) {
                Path file = Path.of("src/main/java/org/gavel/node/replication", patch.file() + ".java");
                String source = Files.readString(file);
                for (int i = 0; i < patch.replacements().length; i += 2) {
                    String found = patch.replacements()[i];
                    if (source.indexOf(found) < 0 || source.indexOf(found) != source.lastIndexOf(found)) {
                        throw new IllegalStateException(bug + ": '" + found + "' does not stand exactly once in " + file + "; the planted bug must follow the source");
                    }
                    source = source.replace(found, patch.replacements()[i + 1]);
                }
                compile(patch.file(), source, classes);
            }
            return new PatchedClasses(classes);
        } catch (IOException e) {
            throw new IllegalStateException("the sources of the room cannot be read", e);
        }
    }

    private static void compile(String name, String source, Map<String, byte[]> into) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter complaints = new StringWriter();
        JavaFileObject file = new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        try (JavaFileManager memory = new Memory(compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8), into)) {
            boolean compiled = compiler.getTask(complaints, memory, null, List.of("-classpath", classPath, "-proc:none"), null, List.of(file)).call();
            if (!compiled) {
                throw new IllegalStateException("a planted bug does not compile: " + complaints);
            }
        }
    }

    /** Keeps compiled classes by name. */
    private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, byte[]> classes;

        Memory(JavaFileManager below, Map<String, byte[]> classes) {
            super(below);
            this.classes = classes;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("memory:///" + name), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return new ByteArrayOutputStream() {
                        @Override
                        public void close() {
                            classes.put(name, toByteArray());
                        }
                    };
                }
            };
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(ROOM)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            return known != null ? known : define(name);
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        byte[] bytes = patched.get(name);
        if (bytes == null) {
            try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                bytes = in.readAllBytes();
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
        return defineClass(name, bytes, 0, bytes.length);
    }
}
