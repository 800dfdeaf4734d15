package dev.prodstack.swarm.spec;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prodstack.core.stack.Config;
import dev.prodstack.core.stack.Confinement;
import dev.prodstack.core.stack.Confinement.CredentialSpec;
import dev.prodstack.core.stack.FileReference;
import dev.prodstack.core.stack.Secret;
import dev.prodstack.core.stack.Service;
import dev.prodstack.core.stack.Stack;
import dev.prodstack.core.value.FileMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Secrets and configs as services refer to them: by id and name, sorted by name and file. */
final class FileReferences {
    private static final FileMode READABLE = new FileMode(0444);
    private static final String ROOT = "0";

    private final Map<String, Secret> secrets;
    private final Map<String, Config> configs;
    private final ObjectNames names;

    FileReferences(Stack stack, ObjectNames names) {
        this.secrets = stack.secrets();
        this.configs = stack.configs();
        this.names = names;
    }

    ArrayNode secrets(Service service) {
        List<ObjectNode> nodes = new ArrayList<>();
        for (FileReference file : service.secrets()) {
            Secret secret = Objects.requireNonNull(secrets.get(file.source()), () -> "undefined secret " + file);
            nodes.add(reference("Secret", names.secret(secret))
                    .with("File", file(file))
                    .node());
        }
        return sorted(nodes, "SecretName");
    }

    ArrayNode configs(Service service) {
        List<ObjectNode> nodes = new ArrayList<>();
        for (FileReference file : service.configs()) {
            nodes.add(reference("Config", config(file.source()))
                    .with("File", file(file))
                    .node());
        }
        if (service.confinement().credentialSpec().orElse(null) instanceof CredentialSpec.FromConfig spec) {
            nodes.add(reference("Config", config(spec.key()))
                    .with("Runtime", new Draft().node())
                    .node());
        }
        return sorted(nodes, "ConfigName");
    }

    /** A credential spec is referred to by the config's id alone. */
    ObjectNode privileges(Confinement confinement) {
        return new Draft()
                .with("CredentialSpec", confinement.credentialSpec().map(this::credentialSpec))
                .node();
    }

    private ObjectNode credentialSpec(CredentialSpec spec) {
        Draft node = new Draft();
        if (spec instanceof CredentialSpec.FromConfig from) {
            node.text("Config", config(from.key()).id());
        } else if (spec instanceof CredentialSpec.FromFile from) {
            node.text("File", from.path());
        } else if (spec instanceof CredentialSpec.FromRegistry from) {
            node.text("Registry", from.value());
        }
        return node.node();
    }

    private Reference config(String key) {
        return names.config(Objects.requireNonNull(configs.get(key), () -> "undefined config " + key));
    }

    private static Draft reference(String kind, Reference reference) {
        return new Draft().text(kind + "ID", reference.id()).text(kind + "Name", reference.name());
    }

    private static ObjectNode file(FileReference file) {
        return new Draft()
                .text("Name", file.target().orElse(file.source()))
                .text("UID", file.uid().orElse(ROOT))
                .text("GID", file.gid().orElse(ROOT))
                .number("Mode", file.mode().orElse(READABLE).bits())
                .node();
    }

    private static ArrayNode sorted(List<ObjectNode> references, String name) {
        references.sort(Comparator.<ObjectNode, String>comparing(
                        reference -> reference.path(name).asText())
                .thenComparing(reference -> reference.path("File").path("Name").asText()));
        return Draft.list(references);
    }
}
