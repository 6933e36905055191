package org.gavel.node;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tree keeps its own house (docs/ARCHITECTURE.md): imports run one way, and nothing below {@code Host} touches the machine. */
class ArchitectureTest {
    private static final String PROTOCOL = "org.gavel.protocol.";
    /** Lower ones know nothing of those behind them. */
    private static final List<String> ROOMS = List.of("identity", "wire", "host", "link", "multicast", "discovery", "heartbeat", "ring",
            "election", "auction", "client", "monitor");
    private static final String TRACE_EVENT = PROTOCOL + "monitor.TraceEvent";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("org.gavel");

    /** Every protocol and every part of a node that runs on the simulated host as well as on the real one. */
    private static final DescribedPredicate<JavaClass> BELOW_HOST =
            resideInAnyPackage("org.gavel.protocol..", "org.gavel.node.server..", "org.gavel.node.replication..", "org.gavel.node.directory..")
                    .and(DescribedPredicate.not(resideInAnyPackage("org.gavel.protocol.host.udp..", "org.gavel.protocol.host.simulation..")))
                    .as("classes below Host");

    private static DescribedPredicate<JavaClass> named(String description, Set<String> names) {
        return describe(description, c -> names.contains(c.getName()));
    }

    @Test
    void shouldFindTheClassesThatItJudges() {
        assertThat(CLASSES.contain("org.gavel.protocol.wire.Message")).isTrue();
        assertThat(CLASSES.contain("org.gavel.node.replication.StateMachine")).isTrue();
        assertThat(CLASSES.stream().filter(BELOW_HOST).count()).isGreaterThan(50);
    }

    @Test
    void shouldLetImportsRunOneWayBetweenModules() {
        noClasses().that().resideInAPackage("org.gavel.protocol..").should().dependOnClassesThat()
                .resideInAnyPackage("org.gavel.node..", "org.gavel.desktop..").check(CLASSES);
        noClasses().that().resideInAPackage("org.gavel.node..").should().dependOnClassesThat().resideInAPackage("org.gavel.desktop..")
                .check(CLASSES);
    }

    @Test
    void shouldLetImportsRunUpwardsBetweenProtocols() {
        for (int i = 0; i < ROOMS.size(); i++) {
            String[] above = ROOMS.subList(i + 1, ROOMS.size()).stream().map(room -> PROTOCOL + room + "..").toArray(String[]::new);
            if (above.length > 0) {
                noClasses().that().resideInAPackage(PROTOCOL + ROOMS.get(i) + "..").should()
                        .dependOnClassesThat(resideInAnyPackage(above).and(DescribedPredicate.not(named("TraceEvent", Set.of(TRACE_EVENT)))))
                        .allowEmptyShould(true).because("imports run upwards: " + ROOMS).check(CLASSES);
            }
        }
    }

    @Test
    void shouldLetTraceEventKnowNothingButIdentity() {
        noClasses().that().haveFullyQualifiedName(TRACE_EVENT).should()
                .dependOnClassesThat(resideInAnyPackage("org.gavel..").and(DescribedPredicate.not(resideInAnyPackage(PROTOCOL + "identity")))
                        .and(DescribedPredicate.not(named("itself", Set.of(TRACE_EVENT)))))
                .because("it is the one class of monitor that lower rooms use").check(CLASSES);
    }

    @Test
    void shouldHaveNoCyclesBetweenProtocols() {
        slices().matching("org.gavel.protocol.(*)..").should().beFreeOfCycles()
                .ignoreDependency(DescribedPredicate.alwaysTrue(), named("TraceEvent", Set.of(TRACE_EVENT))).check(CLASSES);
        slices().matching("org.gavel.node.(*)..").should().beFreeOfCycles().allowEmptyShould(true).check(CLASSES);
    }

    @Test
    void shouldTouchNoThreadSocketFileOrLoggerBelowHost() {
        noClasses().that(BELOW_HOST).should().dependOnClassesThat().resideInAnyPackage("java.net..", "java.nio.channels..", "java.nio.file..",
                "java.util.concurrent.locks..", "org.slf4j..", "java.util.logging..", "ch.qos.logback..").check(CLASSES);
        noClasses().that(BELOW_HOST).should().dependOnClassesThat(describe("files and threads",
                c -> c.getName().startsWith("java.io.File") || c.getName().equals("java.io.RandomAccessFile")
                        || c.isAssignableTo(Thread.class) || c.isAssignableTo(java.util.concurrent.Executor.class)
                        || c.getName().equals("java.util.Timer"))).check(CLASSES);
    }

    @Test
    void shouldDrawNoRandomNumbersOfItsOwnBelowHost() {
        noClasses().that(BELOW_HOST).should().dependOnClassesThat(named("random generators", Set.of("java.util.Random",
                "java.security.SecureRandom", "java.util.SplittableRandom", "java.util.concurrent.ThreadLocalRandom",
                "java.util.random.RandomGenerator"))).check(CLASSES);
        noClasses().that(BELOW_HOST).should().callMethodWhere(describe("Math.random or UUID.randomUUID",
                call -> calls(call.getTarget(), "java.lang.Math", "random") || calls(call.getTarget(), "java.util.UUID", "randomUUID")))
                .check(CLASSES);
    }

    @Test
    void shouldReadNoClockBelowHost() {
        noClasses().that(BELOW_HOST).should().callMethodWhere(describe("the system's clocks",
                call -> calls(call.getTarget(), "java.lang.System", "currentTimeMillis") || calls(call.getTarget(), "java.lang.System", "nanoTime")
                        || call.getTarget().getName().equals("now") && call.getTargetOwner().getPackageName().equals("java.time")))
                .check(CLASSES);
        noClasses().that(BELOW_HOST).should().dependOnClassesThat().haveFullyQualifiedName("java.time.Clock").check(CLASSES);
    }

    private static boolean calls(AccessTarget target, String owner, String name) {
        return target.getOwner().getName().equals(owner) && target.getName().equals(name);
    }

    @Test
    void shouldNameNoClassUtilHelperOrHandler() {
        for (String suffix : List.of("Util", "Utils", "Helper", "Helpers", "Handler")) {
            noClasses().should().haveSimpleNameEndingWith(suffix).check(CLASSES);
        }
    }

    @Test
    void shouldDescribeEveryPackage() throws IOException {
        List<String> silent = new ArrayList<>();
        for (Path root : sourceRoots()) {
            for (Path folder : foldersWithClasses(root)) {
                if (!Files.isRegularFile(folder.resolve("package-info.java"))) {
                    silent.add(root.relativize(folder).toString());
                }
            }
        }
        assertThat(silent).as("packages without package-info.java").isEmpty();
    }

    private static List<Path> sourceRoots() {
        Path module = Path.of("").toAbsolutePath();
        Path house = Files.isDirectory(module.resolve("shared-protocol")) ? module : module.getParent();
        return Stream.of("shared-protocol", "node-headless", "desktop-app").map(m -> house.resolve(m).resolve("src/main/java"))
                .filter(Files::isDirectory).toList();
    }

    private static Set<Path> foldersWithClasses(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(f -> f.toString().endsWith(".java") && !f.endsWith("package-info.java")).map(Path::getParent)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
