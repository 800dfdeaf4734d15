package dev.prodstack.swarm.prepare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prodstack.core.compose.ComposeFile;
import dev.prodstack.core.compose.ScalingText;
import dev.prodstack.core.rollout.Migration;
import dev.prodstack.core.scaling.ScalingPolicy;
import dev.prodstack.core.stack.Config;
import dev.prodstack.core.stack.Network;
import dev.prodstack.core.stack.Secret;
import dev.prodstack.core.stack.Service;
import dev.prodstack.core.stack.Stack;
import dev.prodstack.core.value.Data;
import dev.prodstack.core.value.ImageReference;
import dev.prodstack.swarm.doctor.Doctor;
import dev.prodstack.swarm.engine.EngineClient;
import dev.prodstack.swarm.engine.EngineRequest;
import dev.prodstack.swarm.history.Blueprint;
import dev.prodstack.swarm.history.ReleaseHistory;
import dev.prodstack.swarm.plan.Change.Remove;
import dev.prodstack.swarm.plan.Gate;
import dev.prodstack.swarm.plan.Plan;
import dev.prodstack.swarm.plan.PlanOptions;
import dev.prodstack.swarm.planning.Planner;
import dev.prodstack.swarm.planning.Wishes;
import dev.prodstack.swarm.planning.Wishes.ConfigWish;
import dev.prodstack.swarm.planning.Wishes.SecretWish;
import dev.prodstack.swarm.planning.Wishes.ServiceWish;
import dev.prodstack.swarm.registry.Resolution;
import dev.prodstack.swarm.scale.SwarmServices;
import dev.prodstack.swarm.secret.Payloads;
import dev.prodstack.swarm.secret.SecretDigest;
import dev.prodstack.swarm.spec.FileBody;
import dev.prodstack.swarm.spec.Namespace;
import dev.prodstack.swarm.spec.ObjectNames;
import dev.prodstack.swarm.spec.Reference;
import dev.prodstack.swarm.spec.StackBodies;
import dev.prodstack.swarm.state.StackState;
import dev.prodstack.swarm.state.StackStates;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Makes the plan for one stack. */
public final class Preparation {
    private final EngineClient engine;
    private final Stack stack;
    private final PlanOptions options;
    private final Namespace namespace;
    private final StackState state;
    private final Remarks remarks = new Remarks();
    private final ConfigVersions configs;
    private final SecretVersions secrets;
    private final Images images;

    private Preparation(
            EngineClient engine,
            Payloads payloads,
            Function<ImageReference, Resolution> registry,
            Stack stack,
            PlanOptions options) {
        this.engine = engine;
        this.stack = stack;
        this.options = options;
        this.namespace = new Namespace(stack.name());
        this.state = StackStates.read(engine, stack.name());
        this.configs = new ConfigVersions(namespace, state, ClusterObjects.read(engine, "configs"), payloads, remarks);
        this.secrets = new SecretVersions(namespace, state, ClusterObjects.read(engine, "secrets"), payloads, remarks);
        this.images = new Images(registry, options.images(), remarks);
    }

    /**
     * Makes the plan.
     *
     * @param payloads reads the contents of secrets and configs
     * @param registry finds the digest of an image
     * @throws dev.prodstack.swarm.problem.EngineException if the engine does not answer or is no manager
     */
    public static Plan plan(
            EngineClient engine,
            Payloads payloads,
            Function<ImageReference, Resolution> registry,
            Stack stack,
            PlanOptions options) {
        return new Preparation(engine, payloads, registry, stack, options).plan();
    }

    private Plan plan() {
        Preflight.remark(Doctor.examine(engine, Optional.of(stack)), remarks);
        stack.configs().values().forEach(configs::find);
        stack.secrets().values().parallelStream().forEach(secrets::find);
        Map<Service, Optional<JsonNode>> services = new LinkedHashMap<>();
        DependencyOrder.of(stack.services()).forEach(service -> services.put(service, there(service)));
        images.lookUp(services);
        StackBodies bodies = StackBodies.of(stack, new Versioned(), engine.version());
        Map<String, String> networkNames = networkNames();
        externalNetworks(networkNames);
        Wishes wishes = new Wishes(
                stack.name(),
                bodies.networks(),
                configWishes(bodies),
                secretWishes(bodies),
                serviceWishes(bodies, services),
                networkNames,
                ReleasePreparation.needed(engine, stack.name()));
        Data content = Blueprint.content(wishes, ComposeFile.normalForm(stack));
        ReleaseHistory.tooLarge(content)
                .ifPresent(message -> remarks.obstacle(
                        "stack " + stack.name(),
                        "it is too large to be kept as a release: " + message,
                        "put large inline configs in files"));
        Plan plan = Planner.plan(wishes, state, options);
        List<Remove> volumes = VolumeRemovals.beside(stack, engine, remarks).of(options.volumes());
        return new Plan(
                plan.stack(),
                joined(plan.changes(), volumes),
                plan.unchanged(),
                joined(remarks.obstacles(), plan.obstacles()),
                joined(remarks.warnings(), plan.warnings()),
                Optional.of(content));
    }

    static <T> List<T> joined(List<T> first, List<? extends T> second) {
        List<T> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    private Optional<JsonNode> there(Service service) {
        return Optional.ofNullable(state.services().get(namespace.scoped(service.name())));
    }

    private Map<String, String> networkNames() {
        Map<String, String> names = new HashMap<>();
        engine.send(EngineRequest.get("networks"))
                .forEach(network -> names.put(
                        network.path("Id").asText(), network.path("Name").asText()));
        return names;
    }

    private void externalNetworks(Map<String, String> names) {
        stack.networks().values().stream()
                .filter(Network::external)
                .map(network -> namespace.network(network).name())
                .filter(name -> !names.containsValue(name))
                .forEach(name -> remarks.obstacle(
                        "network " + name,
                        "the external network does not exist",
                        "create it with: docker network create --driver overlay " + name));
    }

    private List<ConfigWish> configWishes(StackBodies bodies) {
        List<ConfigWish> wishes = new ArrayList<>();
        bodies.configs().forEach((key, file) -> {
            byte[] content = configs.content(key);
            ObjectNode body = keyed(file);
            body.put("Data", Base64.getEncoder().encodeToString(content));
            wishes.add(new ConfigWish(key, body, content.length));
        });
        return wishes;
    }

    private List<SecretWish> secretWishes(StackBodies bodies) {
        List<SecretWish> wishes = new ArrayList<>();
        bodies.secrets().forEach((key, file) -> {
            ObjectNode body = keyed(file);
            secrets.digest(key).ifPresent(digest -> body.withObject("/Labels").put(SecretDigest.LABEL, digest));
            Secret secret = stack.secrets().get(key);
            if (secret != null) {
                wishes.add(new SecretWish(key, body, secret.source()));
            }
        });
        return wishes;
    }

    private static ObjectNode keyed(FileBody file) {
        ObjectNode body = file.toBody();
        body.withObject("/Labels").put(Planner.KEY_LABEL, file.key());
        return body;
    }

    private List<ServiceWish> serviceWishes(StackBodies bodies, Map<Service, Optional<JsonNode>> services) {
        List<ServiceWish> wishes = new ArrayList<>();
        services.forEach((service, there) -> {
            ObjectNode spec = bodies.services().get(service.name());
            if (spec != null) {
                images.pin(spec, service, there);
                ScalingText.of(stack, service.name())
                        .ifPresent(text -> spec.withObject("/Labels").put(SwarmServices.POLICY_LABEL, text));
                wishes.add(new ServiceWish(
                        service.name(),
                        spec,
                        service.operations().autoscale().map(ScalingPolicy::bounds),
                        gates(service),
                        service.operations().migration().map(Migration::expand)));
            }
        });
        return wishes;
    }

    private List<Gate> gates(Service service) {
        List<Gate> gates = new ArrayList<>();
        service.dependsOn().forEach((name, dependency) -> {
            if (stack.services().containsKey(name)) {
                gates.add(new Gate(name, namespace.scoped(name), dependency.condition()));
            }
        });
        return gates;
    }

    /** Names by version where there are versions. */
    private final class Versioned implements ObjectNames {
        @Override
        public Reference network(Network network) {
            return namespace.network(network);
        }

        @Override
        public Reference secret(Secret secret) {
            return Reference.named(secrets.name(secret));
        }

        @Override
        public Reference config(Config config) {
            return Reference.named(configs.name(config));
        }
    }
}
