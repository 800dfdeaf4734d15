package dev.prodstack.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The house rules of docs/ARCHITECTURE.md, kept by a test. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.prodstack");

    private static final DescribedPredicate<JavaClass> LIBRARIES = resideInAnyPackage(
            "dev.prodstack.core..",
            "dev.prodstack.swarm..",
            "dev.prodstack.autoscale..",
            "dev.prodstack.backup..",
            "dev.prodstack.load..");

    @Test
    void theRulesSeeTheWholeReactor() {
        assertThat(CLASSES.stream().map(ArchitectureTest::module).distinct())
                .contains("core", "swarm", "autoscale", "backup", "load");
    }

    @Test
    void packagesFormNoCycles() {
        slices().matching("dev.prodstack.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @ParameterizedTest
    @MethodSource("modulesAndWhatTheyMayKnow")
    void modulesKnowOnlyWhatTheyMay(String module, List<String> known) {
        ArchCondition<JavaClass> knowOnly = new ArchCondition<>("know only " + known) {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                item.getDirectDependenciesFromSelf().stream()
                        .filter(dependency ->
                                dependency.getTargetClass().getPackageName().startsWith("dev.prodstack."))
                        .filter(dependency -> !known.contains(module(dependency.getTargetClass())))
                        .forEach(dependency ->
                                events.add(SimpleConditionEvent.violated(item, dependency.getDescription())));
            }
        };
        classes()
                .that(resideInAPackage("dev.prodstack." + module + ".."))
                .should(knowOnly)
                .check(CLASSES);
    }

    static Stream<Arguments> modulesAndWhatTheyMayKnow() {
        return Stream.of("core", "swarm", "autoscale", "backup", "load")
                .map(module -> Arguments.of(
                        module, Stream.of(module, "core").distinct().toList()));
    }

    @Test
    void onlySwarmSeesDocker() {
        noClasses()
                .that(resideOutsideOfPackage("dev.prodstack.swarm.."))
                .should()
                .dependOnClassesThat(resideInAPackage("com.github.dockerjava.."))
                .check(CLASSES);
    }

    @Test
    void onlyBackupSeesTheAwsSdk() {
        noClasses()
                .that(resideOutsideOfPackage("dev.prodstack.backup.."))
                .should()
                .dependOnClassesThat(resideInAPackage("software.amazon.awssdk.."))
                .check(CLASSES);
    }

    @ParameterizedTest
    @MethodSource("dev.prodstack.architecture.PureRules#all")
    void decisionsAndPlansArePure(ArchRule rule) {
        rule.allowEmptyShould(true).check(CLASSES);
    }

    @Test
    void librariesNeverPrint() {
        noClasses().that(LIBRARIES).should(ACCESS_STANDARD_STREAMS).check(CLASSES);
    }

    @Test
    void everyPackageSaysThatNothingIsNullUnlessMarked() {
        ArchCondition<JavaClass> beInANullMarkedPackage = new ArchCondition<>("be in a package marked @NullMarked") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                JavaPackage its = item.getPackage();
                boolean marked = its.tryGetPackageInfo()
                        .map(info -> info.isAnnotatedWith(NullMarked.class))
                        .orElse(false);
                events.add(new SimpleConditionEvent(item, marked, its.getName() + " has no @NullMarked package-info"));
            }
        };
        classes().should(beInANullMarkedPackage).check(CLASSES);
    }

    @Test
    void namesSayWhatAClassIs() {
        noClasses()
                .should()
                .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)")
                .because("such names say that a thing exists, not what it is")
                .check(CLASSES);
    }

    private static String module(JavaClass type) {
        String[] parts = type.getPackageName().split("\\.", -1);
        return parts.length < 3 ? "" : parts[2];
    }
}
