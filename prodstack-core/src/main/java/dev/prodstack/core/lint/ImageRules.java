package dev.prodstack.core.lint;

import static dev.prodstack.core.lint.Severity.ERROR;
import static dev.prodstack.core.lint.Severity.INFO;
import static dev.prodstack.core.lint.Severity.WARNING;

import dev.prodstack.core.lint.Rule.Report;
import dev.prodstack.core.value.ImageReference;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Which code a file stands for. */
final class ImageRules {
    private static final Set<String> MOVING = Set.of(
            "latest", "current", "dev", "develop", "edge", "lts", "main", "mainline", "master", "nightly", "stable");

    static final List<Rule> ALL = List.of(
            Rule.ofService(
                    "moving-tag",
                    WARNING,
                    "A tag such as latest names another image tomorrow. Deploying an unchanged file then deploys other"
                            + " code, and deploying an older file does not bring back the older code.",
                    ImageRules::movingTag),
            Rule.ofService(
                    "image-not-pinned",
                    INFO,
                    "Tags can be moved. prodstack resolves each to a digest when it deploys and keeps that with the"
                            + " release, but the same file deployed twice may still be two images; a digest in the"
                            + " file is always one.",
                    ImageRules::notPinned),
            Rule.ofService(
                    "build-without-image",
                    ERROR,
                    "Swarm does not build. Every node pulls the image by its name, so it must have one and be in a"
                            + " registry.",
                    ImageRules::buildWithoutImage));

    private ImageRules() {}

    private static void movingTag(ServiceFacts service, Report report) {
        service.service()
                .image()
                .filter(ImageRules::moves)
                .ifPresent(image -> report.add(
                        "image",
                        image.tag().isPresent()
                                ? image + " is another image whenever "
                                        + image.tag().get() + " is moved"
                                : image + " has no tag, which means latest",
                        "name a version, such as " + image.path() + ":1.4.2"));
    }

    private static void notPinned(ServiceFacts service, Report report) {
        service.service()
                .image()
                .filter(image -> image.digest().isEmpty() && !moves(image))
                .ifPresent(image -> report.add(
                        "image",
                        image + " has no digest",
                        "append it: " + image + "@sha256:... (docker buildx imagetools inspect shows it)"));
    }

    private static void buildWithoutImage(ServiceFacts service, Report report) {
        if (service.service().image().isEmpty()) {
            report.add("build", "no image to pull", "add image, and push what is built under that name");
        }
    }

    private static boolean moves(ImageReference image) {
        Optional<String> tag = image.tag().map(name -> name.toLowerCase(Locale.ROOT));
        return image.digest().isEmpty() && (tag.isEmpty() || MOVING.contains(tag.get()));
    }
}
