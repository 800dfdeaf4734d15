package dev.prodstack.swarm.cleanup;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prodstack.swarm.cleanup.CleanUpPlan.Image;
import dev.prodstack.swarm.cleanup.CleanUpPlan.Naming;
import dev.prodstack.swarm.cleanup.CleanUpPlan.Secret;
import dev.prodstack.swarm.cleanup.CleanUpPlan.Volume;
import dev.prodstack.swarm.engine.EngineClient;
import dev.prodstack.swarm.engine.EngineRequest;
import dev.prodstack.swarm.history.ReleaseHistory;
import dev.prodstack.swarm.problem.EngineException;
import dev.prodstack.swarm.secret.ExternalObjects;
import dev.prodstack.swarm.state.StackStates;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds and removes what nobody uses: on the node of one engine, and of the swarm's secrets. */
public final class CleanUp {
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final Pattern MADE_UP = Pattern.compile("[0-9a-f]{64}");

    private final EngineClient engine;

    /** That of a manager's node. */
    @SuppressWarnings("exports") // Who embeds prodstack goes through Swarm.
    public CleanUp(EngineClient engine) {
        this.engine = engine;
    }

    /**
     * What could go. Changes nothing.
     *
     * @throws EngineException if the engine does not answer or is no manager
     */
    public CleanUpPlan plan() {
        JsonNode services = engine.send(EngineRequest.get("services"));
        JsonNode containers =
                engine.send(EngineRequest.get("containers", "json").with("all", "1"));
        return new CleanUpPlan(
                engine.send(EngineRequest.get("info")).path("Name").asText(),
                images(services, containers),
                volumes(services),
                secrets(services));
    }

    private List<Image> images(JsonNode services, JsonNode containers) {
        Set<String> used = new HashSet<>();
        containers.forEach(container -> used.add(container.path("ImageID").asText()));
        Set<String> digests = digests(services);
        List<Image> unused = new ArrayList<>();
        for (JsonNode image : engine.send(EngineRequest.get("images", "json"))) {
            String id = image.path("Id").asText();
            if (!used.contains(id) && !isWanted(image, digests)) {
                unused.add(new Image(id, name(image, id), image.path("Size").asLong()));
            }
        }
        return unused;
    }

    /** The digests that services run, would go back to, or that releases need for that. */
    private Set<String> digests(JsonNode services) {
        Set<String> digests = new HashSet<>();
        Set<String> stacks = new TreeSet<>();
        services.forEach(service -> {
            collect(service.path("Spec").toString(), digests);
            collect(service.path("PreviousSpec").toString(), digests);
            stacks.add(service.at("/Spec/Labels").path(StackStates.NAMESPACE).asText());
        });
        stacks.forEach(stack -> new ReleaseHistory(engine, stack)
                .list()
                .forEach(release -> collect(release.content().toString(), digests)));
        return digests;
    }

    private static void collect(String text, Set<String> digests) {
        Matcher matcher = DIGEST.matcher(text);
        while (matcher.find()) {
            digests.add(matcher.group());
        }
    }

    private static boolean isWanted(JsonNode image, Set<String> digests) {
        for (JsonNode digest : image.path("RepoDigests")) {
            String text = digest.asText();
            if (digests.contains(text.substring(text.indexOf('@') + 1))) {
                return true;
            }
        }
        return false;
    }

    private static String name(JsonNode image, String id) {
        String tag = image.path("RepoTags").path(0).asText();
        String digest = image.path("RepoDigests").path(0).asText();
        return !tag.isEmpty() && !tag.equals("<none>:<none>") ? tag : digest.isEmpty() ? id : digest;
    }

    private List<Volume> volumes(JsonNode services) {
        Set<String> mounted = new HashSet<>();
        services.forEach(service -> service.at("/Spec/TaskTemplate/ContainerSpec/Mounts")
                .forEach(mount -> mounted.add(mount.path("Source").asText())));
        List<Volume> unused = new ArrayList<>();
        for (JsonNode volume : engine.send(EngineRequest.get("volumes").filtered("dangling", List.of("true")))
                .path("Volumes")) {
            String name = volume.path("Name").asText();
            if (!mounted.contains(name)) {
                unused.add(new Volume(name, MADE_UP.matcher(name).matches() ? Naming.ANONYMOUS : Naming.NAMED));
            }
        }
        return unused;
    }

    private List<Secret> secrets(JsonNode services) {
        Map<String, JsonNode> newest = new HashMap<>();
        JsonNode all =
                engine.send(EngineRequest.get("secrets").filtered("label", List.of(ExternalObjects.VERSION_LABEL)));
        all.forEach(secret -> newest.merge(
                of(secret),
                secret,
                (a, b) -> a.path("CreatedAt")
                                        .asText()
                                        .compareTo(b.path("CreatedAt").asText())
                                > 0
                        ? a
                        : b));
        Set<String> used = new HashSet<>();
        services.forEach(service -> {
            service.at("/Spec/TaskTemplate/ContainerSpec/Secrets")
                    .forEach(its -> used.add(its.path("SecretName").asText()));
            service.at("/PreviousSpec/TaskTemplate/ContainerSpec/Secrets")
                    .forEach(its -> used.add(its.path("SecretName").asText()));
        });
        List<Secret> unused = new ArrayList<>();
        all.forEach(secret -> {
            String name = secret.at("/Spec/Name").asText();
            if (!used.contains(name) && !secret.equals(newest.get(of(secret)))) {
                unused.add(new Secret(name, of(secret)));
            }
        });
        return unused;
    }

    private static String of(JsonNode secret) {
        return secret.at("/Spec/Labels").path(ExternalObjects.VERSION_LABEL).asText();
    }

    /**
     * Removes what a plan names. What has come into use since stays, as the engine refuses to remove it.
     *
     * @return what was not removed, and why
     * @throws EngineException if the engine does not answer
     */
    public List<String> apply(CleanUpPlan plan) {
        List<String> left = new ArrayList<>();
        plan.images()
                .forEach(image ->
                        remove(EngineRequest.delete("images", image.id()).with("force", "0"), image.name(), left));
        plan.volumes().forEach(volume -> remove(EngineRequest.delete("volumes", volume.name()), volume.name(), left));
        plan.secrets().forEach(secret -> remove(EngineRequest.delete("secrets", secret.name()), secret.name(), left));
        return left;
    }

    private void remove(EngineRequest request, String name, List<String> left) {
        try {
            engine.send(request);
        } catch (EngineException e) {
            if (e.kind() != EngineException.Kind.REFUSED) {
                throw e;
            }
            if (e.status().orElse(0) != 404) {
                left.add(name + ": " + e.reason());
            }
        }
    }
}
