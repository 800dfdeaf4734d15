package dev.prodstack.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Docker's own command line, where it is new enough, reads the stack's files as well. */
@Tag("engine")
class DockerCliTest {
    @ParameterizedTest
    @EnumSource
    void theFilesAreAlsoDockersOwn(StackFiles files) {
        String docker = Programs.find("docker", "docker-cli");
        assumeThat(Programs.run(docker, "stack", "config", "--help").output())
                .as("needs a Docker CLI that has stack config (from 25 on)")
                .contains("Usage:  docker stack config");
        List<String> command = new ArrayList<>(List.of(docker, "stack", "config"));
        files.files().forEach(file -> command.addAll(List.of("-c", file.toString())));

        Programs.Ended read = Programs.run(command);

        assertThat(read.code()).as(read.output()).isZero();
        assertThat(files.read().stack().services().keySet())
                .allSatisfy(service -> assertThat(read.output()).contains("\n  " + service + ":\n"));
    }
}
