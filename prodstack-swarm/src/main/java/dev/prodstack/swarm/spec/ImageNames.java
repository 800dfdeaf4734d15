package dev.prodstack.swarm.spec;

import dev.prodstack.core.value.ImageReference;
import java.util.Optional;
import java.util.Set;

/** Names of images as Docker's clients send them. */
final class ImageNames {
    private static final Set<String> DOCKER_HUB = Set.of("docker.io", "index.docker.io");
    private static final String OFFICIAL = "library/";

    private ImageNames() {}

    /** Without what Docker Hub's images may leave out, and with the tag that is meant where none is given. */
    static String familiar(ImageReference image) {
        Optional<String> registry = image.registry().filter(host -> !DOCKER_HUB.contains(host));
        String path = image.path();
        String name = path.startsWith(OFFICIAL) ? path.substring(OFFICIAL.length()) : path;
        boolean official = registry.isEmpty() && !name.contains("/");
        boolean untagged = image.tag().isEmpty() && image.digest().isEmpty();
        return new ImageReference(
                        registry,
                        official ? name : path,
                        untagged ? Optional.of("latest") : image.tag(),
                        image.digest())
                .toString();
    }
}
