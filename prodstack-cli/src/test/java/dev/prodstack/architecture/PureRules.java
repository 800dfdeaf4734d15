package dev.prodstack.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** What "facts and a time go in, a decision comes out" means for the packages it holds for. */
final class PureRules {
    private static final String[] PURE = {
        "dev.prodstack.backup.forget..",
        "dev.prodstack.core.scaling..",
        "dev.prodstack.core.cron..",
        "dev.prodstack.core.rollout..",
        "dev.prodstack.autoscale.decision..",
        "dev.prodstack.autoscale.export..",
        "dev.prodstack.swarm.spec..",
        "dev.prodstack.swarm.plan..",
        "dev.prodstack.swarm.planning..",
        "dev.prodstack.swarm.convergence..",
        "dev.prodstack.load.check..",
        "dev.prodstack.load.output.."
    };

    private static final Set<String> AMBIENT = Set.of(
            "java.lang.System.currentTimeMillis",
            "java.lang.System.nanoTime",
            "java.lang.System.getenv",
            "java.lang.System.getProperty",
            "java.lang.Thread.sleep",
            "java.lang.Math.random");

    private PureRules() {}

    static Stream<ArchRule> all() {
        return Stream.of(noInputOrOutput(), noLogging(), noClock(), noPrinting());
    }

    private static ArchRule noInputOrOutput() {
        DescribedPredicate<JavaClass> io = resideInAnyPackage(
                        "java.io..", "java.net..", "java.nio.channels..", "java.sql..", "okhttp3..")
                .or(type(Files.class))
                .or(type(FileSystem.class))
                .or(type(FileSystems.class))
                .or(type(ProcessBuilder.class))
                .as("do input or output");
        return pure().should().dependOnClassesThat(io);
    }

    private static ArchRule noLogging() {
        return pure().should()
                .dependOnClassesThat(
                        resideInAnyPackage("java.util.logging..", "org.slf4j..").or(type(System.Logger.class)));
    }

    private static ArchRule noClock() {
        return pure().should()
                .callMethodWhere(DescribedPredicate.describe(
                        "reads a clock, the environment or chance", PureRules::readsWhatIsAround))
                .orShould()
                .dependOnClassesThat(type(Clock.class).or(type(UUID.class)));
    }

    private static boolean readsWhatIsAround(JavaCall<?> call) {
        String owner = call.getTargetOwner().getFullName();
        return AMBIENT.contains(owner + "." + call.getName())
                || (owner.startsWith("java.time.") && call.getName().equals("now"))
                || (owner.equals("java.util.Random") && isWithoutArguments(call));
    }

    private static boolean isWithoutArguments(JavaCall<?> call) {
        return call.getTarget().getRawParameterTypes().equals(List.of());
    }

    private static ArchRule noPrinting() {
        return pure().should(ACCESS_STANDARD_STREAMS);
    }

    private static GivenClassesConjunction pure() {
        return noClasses().that(resideInAnyPackage(PURE));
    }
}
