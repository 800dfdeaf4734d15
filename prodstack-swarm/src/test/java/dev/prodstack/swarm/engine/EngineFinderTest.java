package dev.prodstack.swarm.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prodstack.swarm.problem.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EngineFinderTest {
    /** The SHA-256 of {@code prod}, by which the Docker command line files the context of that name. */
    private static final String PROD = "6754af9632a2745e85c293e5aac0863370d9bd3330b9938c00cadfd215227d77";

    @TempDir
    private Path home;

    /** Every combination was compared with the Docker command line 28. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            DOCKER_HOST     | DOCKER_CONTEXT | currentContext | unix:///a.sock            | DOCKER_HOST
            unix:///a.sock  | prod           | prod           | unix:///a.sock            | DOCKER_HOST
            unix:///a.sock  | missing        | missing        | unix:///a.sock            | DOCKER_HOST
                            | prod           |                | http://10.0.0.5:2375      | Docker context "prod", named by DOCKER_CONTEXT
                            | prod           | missing        | http://10.0.0.5:2375      | Docker context "prod", named by DOCKER_CONTEXT
                            |                | prod           | http://10.0.0.5:2375      | Docker context "prod", named by HOME/.docker/config.json
                            | default        | prod           | unix:///var/run/docker.sock | Docker's default
                            |                | default        | unix:///var/run/docker.sock | Docker's default
                            |                |                | unix:///var/run/docker.sock | Docker's default
            """, useHeadersInDisplayName = true)
    void looksInTheOrderOfTheDockerCommandLine(
            String host, String context, String current, String address, String origin) throws IOException {
        writeContext("prod", PROD, "{\"Host\": \"tcp://10.0.0.5:2375\"}");
        if (current != null) {
            write(".docker/config.json", "{\"auths\": {}, \"currentContext\": \"" + current + "\"}");
        }
        Map<String, String> environment = new HashMap<>();
        environment.put("DOCKER_HOST", host == null ? "" : host);
        environment.put("DOCKER_CONTEXT", context == null ? "" : context);

        EngineEndpoint found = new EngineFinder(environment, home).find();

        assertThat(found.address()).hasToString(address);
        assertThat(found.origin()).isEqualTo(origin.replace("HOME", home.toString()));
    }

    @Test
    void anEngineNamedExplicitlyComesBeforeTheEnvironment() throws IOException {
        writeContext("prod", PROD, "{\"Host\": \"ssh://me@manager\"}");
        EngineFinder finder = new EngineFinder(Map.of("DOCKER_HOST", "unix:///a.sock"), home);

        assertThat(finder.at("tcp://other:1").address()).hasToString("http://other:1");
        assertThat(finder.inContext("prod").address()).hasToString("ssh://me@manager");
        assertThat(finder.inContext("default").address()).hasToString("unix:///a.sock");
    }

    @Test
    void contextsAreLookedForWhereDockerConfigSays() throws IOException {
        Path elsewhere = home.resolve("elsewhere");
        write("elsewhere/contexts/meta/" + PROD + "/meta.json", "{\"Endpoints\": {\"docker\": {}}}");
        EngineFinder finder = new EngineFinder(Map.of("DOCKER_CONFIG", elsewhere.toString()), home);

        assertThat(finder.inContext("prod").address()).isEqualTo(EngineAddress.DEFAULT);
    }

    @Test
    void aContextBringsItsOwnTlsFiles() throws IOException {
        writeContext("prod", PROD, "{\"Host\": \"tcp://10.0.0.5:2376\", \"SkipTLSVerify\": false}");
        for (String file : new String[] {"ca.pem", "cert.pem", "key.pem"}) {
            write(".docker/contexts/tls/" + PROD + "/docker/" + file, "");
        }
        Path files = home.resolve(".docker/contexts/tls/" + PROD + "/docker");

        assertThat(new EngineFinder(Map.of(), home).inContext("prod").address())
                .isEqualTo(new EngineAddress.Network("10.0.0.5", 2376, "", Optional.of(allIn(files))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1 | tcp://10.0.0.5      | https://10.0.0.5:2375
            0 | tcp://10.0.0.5:2376 | https://10.0.0.5:2376
            1 |                     | https://localhost:2376
            1 | unix:///a.sock      | unix:///a.sock
              | tcp://10.0.0.5      | http://10.0.0.5:2375
            """)
    void speaksTlsWhereTheEnvironmentSaysSo(String verify, String host, String address) throws IOException {
        write(".docker/ca.pem", "");
        Map<String, String> environment = new HashMap<>();
        environment.put("DOCKER_TLS_VERIFY", verify == null ? "" : verify);
        environment.put("DOCKER_HOST", host == null ? "" : host);

        assertThat(new EngineFinder(environment, home).find().address()).hasToString(address);
    }

    @Test
    void tlsFilesAreThoseOfDockerCertPath() throws IOException {
        write("certs/ca.pem", "");
        write("certs/cert.pem", "");
        write("certs/key.pem", "");
        Path files = home.resolve("certs");
        EngineFinder finder =
                new EngineFinder(Map.of("DOCKER_TLS_VERIFY", "1", "DOCKER_CERT_PATH", files.toString()), home);

        assertThat(finder.at("tcp://host:1").address())
                .isEqualTo(new EngineAddress.Network("host", 1, "", Optional.of(allIn(files))));
    }

    @Test
    void saysWhereTheAuthorityWasLookedFor() {
        EngineFinder finder = new EngineFinder(Map.of("DOCKER_TLS_VERIFY", "1"), home);

        assertThatThrownBy(finder::find)
                .isInstanceOf(EngineException.class)
                .hasMessageContaining(home.resolve(".docker/ca.pem") + " cannot be read")
                .hasMessageContaining("set DOCKER_CERT_PATH");
    }

    @Test
    void aKeyWithoutItsCertificateIsAMistake() throws IOException {
        write(".docker/ca.pem", "");
        write(".docker/key.pem", "");

        assertThatThrownBy(new EngineFinder(Map.of("DOCKER_TLS_VERIFY", "1"), home)::find)
                .hasMessageContaining("has one of cert.pem and key.pem");
    }

    @Test
    void tlsWithoutVerificationIsRefused() throws IOException {
        writeContext("prod", PROD, "{\"Host\": \"tcp://10.0.0.5:2376\", \"SkipTLSVerify\": true}");
        EngineFinder finder = new EngineFinder(Map.of("DOCKER_TLS", "1", "DOCKER_HOST", "tcp://host"), home);

        assertThatThrownBy(finder::find)
                .hasMessageContaining("without verifying")
                .hasMessageContaining("set DOCKER_TLS_VERIFY=1");
        assertThatThrownBy(() -> finder.inContext("prod")).hasMessageContaining("does not verify");
    }

    @Test
    void aMissingContextIsNamedWithWhoAskedForIt() {
        assertThatThrownBy(new EngineFinder(Map.of("DOCKER_CONTEXT", "prod"), home)::find)
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("Docker context \"prod\", named by DOCKER_CONTEXT, does not exist")
                .hasMessageContaining(PROD)
                .hasMessageContaining("docker context ls");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"currentContext\": ", "{} x", "[", "\0"})
    void aBrokenConfigurationIsNotPassedOver(String text) throws IOException {
        write(".docker/config.json", text);

        assertThatThrownBy(new EngineFinder(Map.of(), home)::find)
                .isInstanceOf(EngineException.class)
                .hasMessageStartingWith(home.resolve(".docker/config.json") + ":1:");
    }

    @Test
    void aDirectoryIsNoConfiguration() throws IOException {
        Files.createDirectories(home.resolve(".docker/config.json"));

        assertThatThrownBy(new EngineFinder(Map.of(), home)::find).hasMessageContaining("cannot be read");
    }

    private static TlsFiles allIn(Path directory) {
        return new TlsFiles(
                Optional.of(directory.resolve("ca.pem")),
                Optional.of(new TlsFiles.Identity(directory.resolve("cert.pem"), directory.resolve("key.pem"))));
    }

    private void writeContext(String name, String hash, String docker) throws IOException {
        write(
                ".docker/contexts/meta/" + hash + "/meta.json",
                "{\"Name\": \"" + name + "\", \"Metadata\": {}, \"Endpoints\": {\"docker\": " + docker + "}}");
    }

    private void write(String path, String text) throws IOException {
        Path file = home.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
