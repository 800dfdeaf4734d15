package dev.prodstack.swarm.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prodstack.core.value.ImageReference;
import dev.prodstack.swarm.engine.EngineFinder;
import dev.prodstack.swarm.problem.EngineException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class CredentialsTest {
    private static final ImageReference PRIVATE = ImageReference.parse("registry.example.com:5000/shop/web:1");

    @TempDir
    Path directory;

    private final Map<String, String> environment = new HashMap<>();

    private Credentials credentials(String config) throws IOException {
        Files.writeString(directory.resolve("config.json"), config.replace('\'', '"'));
        environment.put("DOCKER_CONFIG", directory.toString());
        environment.putIfAbsent("PATH", directory + ":/usr/bin:/bin");
        return Credentials.of(new EngineFinder(environment, directory));
    }

    private void helper(String name, String script) throws IOException {
        Path file = directory.resolve("docker-credential-" + name);
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            nullValues = "-",
            value = {
                "registry.example.com:5000/shop/web | {'auths': {'registry.example.com:5000': {'auth': 'bWU6c2VjOnJldA=='}}}             | me sec:ret",
                "registry.example.com:5000/shop/web | {'auths': {'https://registry.example.com:5000/v1/': {'auth': 'bWU6c2VjOnJldA=='}}} | me sec:ret",
                "registry.example.com:5000/shop/web | {'auths': {'registry.example.com:5000': {'username': 'me', 'password': 'pw'}}}     | me pw",
                "registry.example.com:5000/shop/web | {'auths': {'registry.example.com:5000': {'auth': 'bWU6', 'identitytoken': 'tok'}}} | token tok",
                "registry.example.com:5000/shop/web | {'auths': {'registry.example.com': {'auth': 'bWU6c2VjOnJldA=='}}}                  | -",
                "registry.example.com:5000/shop/web | {'auths': {'registry.example.com:5000': {}}}                                       | -",
                "registry.example.com:5000/shop/web | {}                                                                                 | -",
                "redis:8                            | {'auths': {'https://index.docker.io/v1/': {'auth': 'bWU6c2VjOnJldA=='}}}           | me sec:ret",
                "docker.io/library/redis:8          | {'auths': {'https://index.docker.io/v1/': {'auth': 'bWU6c2VjOnJldA=='}}}           | me sec:ret",
            })
    void loginsAreFoundInTheFile(String image, String config, String login) throws Exception {
        assertThat(credentials(config).forImage(ImageReference.parse(image)).map(CredentialsTest::secret))
                .isEqualTo(Optional.ofNullable(login));
    }

    private static String secret(RegistryAuth auth) {
        return auth instanceof RegistryAuth.Password login
                ? login.user() + " " + login.password()
                : "token " + ((RegistryAuth.IdentityToken) auth).token();
    }

    @Test
    void aHelperOfTheRegistryComesBeforeTheOneForAllAndThatBeforeTheFile() throws Exception {
        helper("own", "read server; echo '{\"Username\": \"'$server'\", \"Secret\": \"own\"}'");
        helper("all", "read server; echo '{\"Username\": \"<token>\", \"Secret\": \"all\"}'");
        helper("empty", "echo 'credentials not found in native keychain'; exit 1");
        String file = "'auths': {'registry.example.com:5000': {'auth': '" + base64("me:file") + "'}}";
        assertThat(credentials("{'credHelpers': {'registry.example.com:5000': 'own'}, 'credsStore': 'all', " + file
                                + "}")
                        .forImage(PRIVATE))
                .contains(new RegistryAuth.Password("registry.example.com:5000", "registry.example.com:5000", "own"));
        assertThat(credentials("{'credHelpers': {'other': 'own'}, 'credsStore': 'all', " + file + "}")
                        .forImage(PRIVATE))
                .contains(new RegistryAuth.IdentityToken("registry.example.com:5000", "all"));
        assertThat(credentials("{'credsStore': 'empty', " + file + "}").forImage(PRIVATE))
                .contains(new RegistryAuth.Password("registry.example.com:5000", "me", "file"));
        assertThat(credentials("{'credsStore': 'empty'}").forImage(PRIVATE)).isEmpty();
    }

    @Test
    void theEnvironmentComesBeforeAll() throws Exception {
        environment.put(
                "DOCKER_AUTH_CONFIG",
                "{\"auths\": {\"registry.example.com:5000\": {\"auth\": \"" + base64("ci:pipeline") + "\"}}}");
        assertThat(credentials("{'credsStore': 'absent'}").forImage(PRIVATE))
                .contains(new RegistryAuth.Password("registry.example.com:5000", "ci", "pipeline"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "absent  | which is not on the PATH",
                "../evil | which is not on the PATH",
                "broken  | cannot tell the login: locked",
                "garbled | cannot tell the login: it does not answer with JSON",
            })
    void aHelperThatDoesNotHelpIsNamedAndItsSecretsAreNot(String name, String message) throws Exception {
        helper("broken", "echo locked; exit 1");
        helper("garbled", "echo hunter2");
        Credentials credentials = credentials("{'credsStore': '" + name + "'}");
        assertThatThrownBy(() -> credentials.forImage(PRIVATE))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("docker-credential-" + name)
                .hasMessageContaining(message)
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void theHeaderIsThatOfTheEngineAndTheTextHasNoSecret() {
        RegistryAuth login = new RegistryAuth.Password("r", "me", "pass?>~");
        assertThat(new String(Base64.getUrlDecoder().decode(login.header()), StandardCharsets.UTF_8))
                .isEqualTo("{\"username\":\"me\",\"password\":\"pass?>~\",\"serveraddress\":\"r\"}");
        assertThat(login.header()).doesNotContain("+", "/");
        RegistryAuth token = new RegistryAuth.IdentityToken("r", "tok");
        assertThat(new String(Base64.getUrlDecoder().decode(token.header()), StandardCharsets.UTF_8))
                .isEqualTo("{\"identitytoken\":\"tok\",\"serveraddress\":\"r\"}");
        assertThat(login + " " + token).isEqualTo("me at r a token at r");
    }
}
