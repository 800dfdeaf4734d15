package dev.prodstack.swarm.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prodstack.core.stack.Config;
import dev.prodstack.core.stack.Network;
import dev.prodstack.core.stack.Secret;
import dev.prodstack.swarm.engine.ApiVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What is created for a stack is what {@code docker stack deploy} of Docker CLI 28 creates, or what was checked by
 * hand.
 */
class RecordedDeployTest {
    private static final Recording NOTHING = new Recording(new TreeMap<>());

    private final Map<String, Recording> byDocker = Recording.all(Recording.BY_DOCKER);
    private final Map<String, Recording> byHand = Recording.all(Recording.BY_HAND);

    @TestFactory
    Stream<DynamicTest> postsWhatIsExpected() {
        return CorpusCase.valid().stream()
                .map(one -> DynamicTest.dynamicTest(
                        one.name(),
                        () -> assertThat(lines(posted(one), one))
                                .isEqualTo(lines(expected(one).bodies(), one))));
    }

    @Test
    void everyCaseThatDockerReadsIsRecorded() {
        assertThat(CorpusCase.all().stream().filter(CorpusCase::isReadByDocker).map(CorpusCase::name))
                .isNotEmpty()
                .allMatch(byDocker::containsKey);
    }

    @Test
    void whatIsExpectedByHandIsNotWhatDockerPosts() {
        List<String> repeated = new ArrayList<>();
        byHand.forEach((name, recording) -> recording.bodies().forEach((key, body) -> {
            JsonNode recorded = byDockerIfAlike(new CorpusCase(name)).bodies().get(key);
            if (recorded != null && PostedForm.of(recorded).equals(PostedForm.of(body))) {
                repeated.add(name + " " + key);
            }
        }));
        assertThat(repeated).isEmpty();
    }

    /** What Docker posts for a case, if both read it alike; nothing if not, or if Docker refuses to deploy it. */
    private Recording byDockerIfAlike(CorpusCase one) {
        return one.isReadAlike() ? byDocker.getOrDefault(one.name(), NOTHING) : NOTHING;
    }

    private Recording expected(CorpusCase one) {
        return byDockerIfAlike(one).with(byHand.getOrDefault(one.name(), NOTHING));
    }

    private static Map<String, JsonNode> posted(CorpusCase one) {
        return Recording.of(StackBodies.of(one.stack(), new Recorded(new Namespace("stack")), ApiVersion.NEWEST))
                .bodies();
    }

    /** In the form of the files, so that what a failure shows can be checked and put there. */
    private static String lines(Map<String, JsonNode> bodies, CorpusCase one) {
        return bodies.entrySet().stream()
                .map(body -> one.name() + " " + body.getKey().split(" ", 2)[0] + " " + PostedForm.of(body.getValue()))
                .collect(Collectors.joining("\n"))
                .replace(one.directory().toString(), "<case>");
    }

    /** The ids that the recording engine gives. */
    private record Recorded(Namespace names) implements ObjectNames {
        @Override
        public Reference network(Network network) {
            return names.network(network);
        }

        @Override
        public Reference secret(Secret secret) {
            return withId(names.secret(secret));
        }

        @Override
        public Reference config(Config config) {
            return withId(names.config(config));
        }

        private static Reference withId(Reference reference) {
            return new Reference("id-of-" + reference.name(), reference.name());
        }
    }
}
