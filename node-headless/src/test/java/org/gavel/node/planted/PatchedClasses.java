package org.gavel.node.planted;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** All of Gavel once more, with one bug in it: the patched sources are compiled in memory, everything else is defined anew from the class path. */
final class PatchedClasses extends ClassLoader {
    private static final String OURS = "org.gavel.";

    private final Map<String, byte[]> patched;

    private PatchedClasses(Map<String, byte[]> patched) {
        super(PatchedClasses.class.getClassLoader());
        this.patched = patched;
    }

    /** With the bug. */
    static PatchedClasses with(PlantedBug bug) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (PlantedBug.Change change : bug.changes()) {
            texts.computeIfAbsent(change.path(), PatchedClasses::source);
            texts.computeIfPresent(change.path(), (path, text) -> change.applyTo(text, bug.name()));
        }
        return new PatchedClasses(compile(bug, texts));
    }

    /** Without any. */
    static PatchedClasses sound() {
        return new PatchedClasses(Map.of());
    }

    private static String source(String path) {
        try {
            return Files.readString(Project.directory().resolve(path)).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, byte[]> compile(PlantedBug bug, Map<String, String> texts) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> complaints = new DiagnosticCollector<>();
        List<JavaFileObject> sources = new ArrayList<>();
        texts.forEach((path, text) -> sources.add(new Source(path, text)));
        try (StandardJavaFileManager standard = compiler.getStandardFileManager(complaints, null, null); InMemory memory = new InMemory(standard)) {
            List<String> options = List.of("-proc:none", "-nowarn", "-implicit:none", "-classpath", System.getProperty("java.class.path"));
            if (!compiler.getTask(null, memory, complaints, options, null, sources).call()) {
                throw new AssertionError("planted bug '" + bug.name() + "' does not compile: " + complaints.getDiagnostics().stream()
                    .filter(d -> d.getKind() == Diagnostic.Kind.ERROR).toList());
            }
            Map<String, byte[]> classes = new HashMap<>();
            memory.written.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
            return classes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(OURS)) {
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

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String path, String text) {
            super(URI.create("patched:///" + path), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class InMemory extends ForwardingJavaFileManager<StandardJavaFileManager> {
        private final Map<String, ByteArrayOutputStream> written = new HashMap<>();

        InMemory(StandardJavaFileManager standard) {
            super(standard);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(JavaFileManager.Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("compiled:///" + name), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return written.computeIfAbsent(name, key -> new ByteArrayOutputStream());
                }
            };
        }
    }
}
