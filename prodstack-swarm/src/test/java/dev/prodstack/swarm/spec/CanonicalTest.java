package dev.prodstack.swarm.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.prodstack.swarm.engine.ApiVersion;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is the same to the engine has the same form, and what is not has not. */
class CanonicalTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                              | {'Mode': {'Replicated': {'Replicas': 1}}}
            {}                                                              | {'TaskTemplate': {'ForceUpdate': 7, 'Runtime': 'container', 'Placement': {'Platforms': [{'OS': 'linux'}]}}}
            {}                                                              | {'EndpointSpec': {'Mode': 'vip', 'Ports': []}, 'Labels': null}
            {'Mode': {'ReplicatedJob': {}}}                                 | {'Mode': {'ReplicatedJob': {'MaxConcurrent': 1, 'TotalCompletions': 1}}}
            {'Mode': {'ReplicatedJob': {'MaxConcurrent': 3}}}               | {'Mode': {'ReplicatedJob': {'MaxConcurrent': 3, 'TotalCompletions': 3}}}
            {'TaskTemplate': {'ContainerSpec': {'Privileges': {}}}}         | {'TaskTemplate': {'ContainerSpec': {'Privileges': {'NoNewPrivileges': false, 'SELinuxContext': null}, 'TTY': false, 'Isolation': 'default'}}}
            {'TaskTemplate': {'RestartPolicy': {'Condition': 'any'}}}       | {'TaskTemplate': {'RestartPolicy': {'Delay': 5000000000, 'MaxAttempts': 0, 'Window': 0}}}
            {'UpdateConfig': {'Parallelism': 1}}                            | {}
            {'UpdateConfig': {'Parallelism': 0}}                            | {'UpdateConfig': {}}
            {'UpdateConfig': {'Parallelism': 1, 'MaxFailureRatio': 0.10}}   | {'UpdateConfig': {'Parallelism': 1, 'MaxFailureRatio': 0.1, 'FailureAction': 'pause', 'Order': 'stop-first', 'Monitor': 5000000000}}
            {'TaskTemplate': {'ContainerSpec': {'Env': ['A=1', 'B=2']}}}    | {'TaskTemplate': {'ContainerSpec': {'Env': ['B=2', 'A=1']}}}
            {'TaskTemplate': {'ContainerSpec': {'Secrets': [{'SecretName': 's', 'SecretID': 'x'}]}}} | {'TaskTemplate': {'ContainerSpec': {'Secrets': [{'SecretName': 's', 'SecretID': 'y'}]}}}
            {'TaskTemplate': {'Networks': [{'Target': 'shop_back'}]}}       | {'TaskTemplate': {'Networks': [{'Target': 'id1'}]}}
            {'TaskTemplate': {'Networks': [{'Target': 'shop_back'}]}}       | {'Networks': [{'Target': 'id1'}]}
            {'TaskTemplate': {'Networks': [{'Target': 'n', 'Aliases': ['b', 'a', 'b']}]}} | {'TaskTemplate': {'Networks': [{'Target': 'n', 'Aliases': ['a', 'b']}]}}
            {'TaskTemplate': {'ContainerSpec': {'Privileges': {'CredentialSpec': {'Config': 'x', 'File': ''}}, 'Configs': [{'Runtime': {}, 'ConfigName': 'c', 'ConfigID': 'x'}]}}} | {'TaskTemplate': {'ContainerSpec': {'Privileges': {'CredentialSpec': {'Config': 'y'}}, 'Configs': [{'Runtime': {}, 'ConfigName': 'c', 'ConfigID': 'y'}]}}}
            """)
    void theSame(String one, String other) {
        Map<String, String> networks = Map.of("id1", "shop_back");
        assertThat(Canonical.of(json(one), networks)).isEqualTo(Canonical.of(json(other), networks));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                              | {'Mode': {'Replicated': {'Replicas': 0}}}
            {}                                                              | {'Mode': {'Global': {}}}
            {'Mode': {'Global': {}}}                                        | {'Mode': {'GlobalJob': {}}}
            {}                                                              | {'TaskTemplate': {'ContainerSpec': {'Init': false}}}
            {}                                                              | {'TaskTemplate': {'ContainerSpec': {'StopGracePeriod': 0}}}
            {}                                                              | {'TaskTemplate': {'RestartPolicy': {'Delay': 0}}}
            {}                                                              | {'UpdateConfig': {'Parallelism': 0}}
            {'Labels': {'a': ''}}                                           | {}
            {'TaskTemplate': {'ContainerSpec': {'Sysctls': {'a': ''}}}}     | {}
            {'TaskTemplate': {'ContainerSpec': {'Args': ['']}}}             | {}
            {'TaskTemplate': {'ContainerSpec': {'Args': ['a', 'b']}}}       | {'TaskTemplate': {'ContainerSpec': {'Args': ['b', 'a']}}}
            {'TaskTemplate': {'ContainerSpec': {'Hosts': ['1.1.1.1 a', '1.1.1.2 a']}}} | {'TaskTemplate': {'ContainerSpec': {'Hosts': ['1.1.1.2 a', '1.1.1.1 a']}}}
            {'TaskTemplate': {'ContainerSpec': {'Secrets': [{'SecretName': 's'}]}}} | {'TaskTemplate': {'ContainerSpec': {'Secrets': [{'SecretName': 't'}]}}}
            {'TaskTemplate': {'ContainerSpec': {'Configs': [{'ConfigName': 's', 'Runtime': {}}]}}} | {'TaskTemplate': {'ContainerSpec': {'Configs': [{'ConfigName': 's'}]}}}
            {'TaskTemplate': {'ContainerSpec': {'Ulimits': [{'Name': 'core', 'Soft': 0, 'Hard': 0}]}}} | {'TaskTemplate': {'ContainerSpec': {'Ulimits': [{'Name': 'core'}]}}}
            {'TaskTemplate': {'Networks': [{'Target': 'shop_back'}]}}       | {'TaskTemplate': {'Networks': [{'Target': 'id2'}]}}
            """)
    void notTheSame(String one, String other) {
        assertThat(Canonical.of(json(one))).isNotEqualTo(Canonical.of(json(other)));
    }

    @Test
    void onlyWhatSaysSomethingIsLeft() {
        assertThat(Canonical.of(json("""
                {'Name': 'shop_web', 'Labels': {'b': '2', 'a': ''}, 'Mode': {'Replicated': {'Replicas': 2}},
                 'TaskTemplate': {'ContainerSpec': {'Image': 'nginx:1', 'TTY': false, 'Env': ['B=1', 'A=2']},
                  'Resources': {'Limits': {}}, 'ForceUpdate': 3, 'Networks': [{'Target': 'id1', 'Aliases': ['web']}]},
                 'EndpointSpec': {'Mode': 'vip', 'Ports': [{'Protocol': 'tcp', 'TargetPort': 80, 'PublishMode': 'host'}]}}
                """), Map.of("id1", "shop_front")))
                .hasToString(json("""
                {'EndpointSpec': {'Ports': [{'PublishMode': 'host', 'TargetPort': 80}]}, 'Labels': {'a': '', 'b': '2'},
                 'Mode': {'Replicated': {'Replicas': 2}}, 'Name': 'shop_web', 'RollbackConfig': {'Parallelism': 1},
                 'TaskTemplate': {'ContainerSpec': {'Env': ['A=2', 'B=1'], 'Image': 'nginx:1'},
                  'Networks': [{'Aliases': ['web'], 'Target': 'shop_front'}]}, 'UpdateConfig': {'Parallelism': 1}}
                """).toString());
    }

    @Test
    void theFormOfTheFormIsTheForm() {
        for (CorpusCase one : CorpusCase.valid()) {
            Recording.of(StackBodies.of(one.stack(), new Namespace("stack"), ApiVersion.NEWEST))
                    .bodies()
                    .values()
                    .forEach(
                            body -> assertThat(Canonical.of(Canonical.of(body))).isEqualTo(Canonical.of(body)));
        }
    }
}
