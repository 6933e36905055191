package org.gavel.desktop;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import javafx.application.Platform;
import org.junit.jupiter.api.Test;

/** The window's house rules: who may know the toolkit, and who may call the FX thread. */
class DesktopArchitectureTest {
    private final JavaClasses window = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("org.gavel.desktop");

    @Test
    void shouldKeepFeedsAndModelFreeOfTheToolkit() {
        noClasses().that().resideInAnyPackage("org.gavel.desktop.feed..", "org.gavel.desktop.model..")
            .should().dependOnClassesThat().resideInAnyPackage("javafx..", "org.controlsfx..", "atlantafx..", "org.kordamp..").check(window);
    }

    @Test
    void shouldImportOneWay() {
        noClasses().that().resideInAPackage("org.gavel.desktop.feed..").should().dependOnClassesThat()
            .resideInAnyPackage("org.gavel.desktop.model..", "org.gavel.desktop.screen..", "org.gavel.desktop.shell..").check(window);
        noClasses().that().resideInAPackage("org.gavel.desktop.model..").should().dependOnClassesThat()
            .resideInAnyPackage("org.gavel.desktop.screen..", "org.gavel.desktop.shell..", "org.gavel.desktop.cluster..").check(window);
        noClasses().that().resideInAPackage("org.gavel.desktop.shell..").should().dependOnClassesThat().resideInAPackage("org.gavel.node.server..").check(window);
    }

    @Test
    void shouldKeepScreensFromKnowingEachOther() {
        String[] screens = {"cluster", "auctions", "timeline", "charts"};
        for (String one : screens) {
            for (String other : screens) {
                if (!one.equals(other)) {
                    noClasses().that().resideInAPackage("org.gavel.desktop." + one + "..").should().dependOnClassesThat()
                        .resideInAPackage("org.gavel.desktop." + other + "..").check(window);
                }
            }
        }
    }

    @Test
    void shouldCallTheFxThreadFromThePumpAlone() {
        noClasses().that().doNotHaveFullyQualifiedName("org.gavel.desktop.shell.MainWindow").should().accessTargetWhere(
            com.tngtech.archunit.core.domain.JavaAccess.Predicates.targetOwner(com.tngtech.archunit.core.domain.JavaClass.Predicates.type(Platform.class))
                .and(com.tngtech.archunit.core.domain.JavaAccess.Predicates.target(
                    com.tngtech.archunit.core.domain.properties.HasName.Predicates.name("runLater")))).check(window);
    }

    @Test
    void shouldLeaveTheLauncherOutsideTheToolkitsClasses() {
        classes().that().haveSimpleName("GavelDesktop").should().notBeAssignableTo(javafx.application.Application.class).check(window);
    }
}
