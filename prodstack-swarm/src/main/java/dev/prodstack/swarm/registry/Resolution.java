package dev.prodstack.swarm.registry;

import dev.prodstack.core.value.ImageReference;
import java.util.List;
import java.util.Optional;

/** What a registry says about the name of an image. */
public sealed interface Resolution {
    /** The image that was asked for. */
    ImageReference image();

    /**
     * It stands for an image.
     *
     * @param image what was asked for
     * @param digest the digest of the manifest, or of the list of manifests, such as {@code sha256:9f3c...}
     * @param platforms what it is made for, such as {@code linux/amd64}; empty where the registry does not tell
     */
    record Found(ImageReference image, String digest, List<String> platforms) implements Resolution {
        /** Copies the platforms. */
        public Found {
            platforms = List.copyOf(platforms);
        }

        /** The name with the digest, which stands for the same image for ever. */
        public ImageReference pinned() {
            return new ImageReference(image.registry(), image.path(), image.tag(), Optional.of(digest));
        }
    }

    /** It does not. */
    sealed interface Failed extends Resolution {
        /** What the engine said. */
        String reason();

        /** What it means, without a full stop. */
        String message();

        /** What to do about it. */
        String fix();
    }

    /**
     * The registry has no such image.
     *
     * @param image what was asked for
     * @param reason what the engine said
     */
    record Missing(ImageReference image, String reason) implements Failed {
        @Override
        public String message() {
            return "the registry has no image " + image;
        }

        @Override
        public String fix() {
            return "push it, or correct its name and tag";
        }
    }

    /**
     * The registry does not let us see it.
     *
     * @param image what was asked for
     * @param reason what the engine said
     * @param login the login that was used
     */
    record Denied(ImageReference image, String reason, Optional<RegistryAuth> login) implements Failed {
        @Override
        public String message() {
            return "the registry denies access to " + image
                    + login.map(its -> " to " + its).orElse(" without a login");
        }

        @Override
        public String fix() {
            return "docker login" + image.registry().map(host -> " " + host).orElse("")
                    + (image.registry().isEmpty() ? "; Docker Hub says the same of images that do not exist" : "");
        }
    }

    /**
     * The engine cannot reach the registry, or makes nothing of its answer.
     *
     * @param image what was asked for
     * @param reason what the engine said
     */
    record Unreachable(ImageReference image, String reason) implements Failed {
        @Override
        public String message() {
            return "the engine cannot ask the registry for " + image + ": " + reason;
        }

        @Override
        public String fix() {
            return reason.contains("HTTP response to HTTPS client")
                    ? "the registry speaks plain HTTP: give it TLS, or name it in insecure-registries of every daemon.json"
                    : "see whether the engine's machine reaches the registry: names, firewall, proxy, certificate";
        }
    }
}
