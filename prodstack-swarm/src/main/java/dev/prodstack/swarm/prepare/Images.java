package dev.prodstack.swarm.prepare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prodstack.core.stack.Service;
import dev.prodstack.core.value.ImageReference;
import dev.prodstack.swarm.plan.PlanOptions.ImageResolution;
import dev.prodstack.swarm.registry.Resolution;
import dev.prodstack.swarm.spec.Namespace;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Pins images to digests, so that every node runs the same bytes and a tag that was moved is noticed. A digest that
 * cannot be had is an obstacle, not a warning that scrolls by.
 */
final class Images {
    private final Function<ImageReference, Resolution> registry;
    private final ImageResolution resolution;
    private final Remarks remarks;
    private final Map<ImageReference, Optional<String>> digests = new ConcurrentHashMap<>();

    Images(Function<ImageReference, Resolution> registry, ImageResolution resolution, Remarks remarks) {
        this.registry = registry;
        this.resolution = resolution;
        this.remarks = remarks;
    }

    /** Asks for all digests that {@link #pin} will want, side by side: registries take their time. */
    void lookUp(Map<Service, Optional<JsonNode>> services) {
        Set<ImageReference> wanted = services.entrySet().stream()
                .filter(entry -> kept(entry.getKey(), entry.getValue()).isEmpty())
                .map(entry -> entry.getKey().image())
                .flatMap(Optional::stream)
                .filter(image -> image.digest().isEmpty() && resolution != ImageResolution.NEVER)
                .collect(Collectors.toSet());
        wanted.parallelStream().forEach(image -> digests.put(image, ask(image)));
    }

    private Optional<String> ask(ImageReference image) {
        Resolution resolved = registry.apply(image);
        if (resolved instanceof Resolution.Failed failed) {
            remarks.obstacle("image " + image, failed.message(), failed.fix());
        }
        return resolved instanceof Resolution.Found found ? Optional.of(found.digest()) : Optional.empty();
    }

    /** Puts the pinned image in a specification. */
    void pin(ObjectNode spec, Service service, Optional<JsonNode> there) {
        Optional<String> image = kept(service, there)
                .or(() -> service.image()
                        .map(reference -> digests.getOrDefault(reference, Optional.empty())
                                .map(digest -> reference + "@" + digest)
                                .orElse(reference.toString())));
        image.ifPresent(text -> spec.withObject("/TaskTemplate/ContainerSpec").put("Image", text));
    }

    /** The image that runs, where the file names the one it was pinned from and nobody is to ask again. */
    private Optional<String> kept(Service service, Optional<JsonNode> there) {
        if (resolution == ImageResolution.ALWAYS || service.image().isEmpty()) {
            return Optional.empty();
        }
        String image = service.image().get().toString();
        return there.map(object -> object.path("Spec"))
                .filter(spec ->
                        spec.path("Labels").path(Namespace.IMAGE_LABEL).asText().equals(image))
                .map(spec -> spec.path("TaskTemplate")
                        .path("ContainerSpec")
                        .path("Image")
                        .asText())
                .filter(running -> !running.isEmpty());
    }
}
