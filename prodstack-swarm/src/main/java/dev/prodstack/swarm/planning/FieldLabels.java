package dev.prodstack.swarm.planning;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What people call the fields of a specification: as the Compose file does, where it does. */
final class FieldLabels {
    static final String ENV = "TaskTemplate.ContainerSpec.Env.";

    private static final Map<String, String> BEGINNINGS = beginnings();
    private static final Pattern CAPITAL = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

    private FieldLabels() {}

    private static Map<String, String> beginnings() {
        Map<String, String> names = new LinkedHashMap<>();
        String container = "TaskTemplate.ContainerSpec.";
        names.put(ENV, "env ");
        names.put(container + "Image", "image");
        names.put(container + "Args", "command");
        names.put(container + "Command", "entrypoint");
        names.put(container + "Labels.", "label ");
        names.put(container + "Secrets[", "secret ");
        names.put(container + "Configs[", "config ");
        names.put(container + "Mounts[", "mount ");
        names.put(container + "Healthcheck.", "healthcheck ");
        names.put(container, "");
        names.put("TaskTemplate.Resources.Limits.", "limit ");
        names.put("TaskTemplate.Resources.Reservations.", "reservation ");
        names.put("TaskTemplate.RestartPolicy.", "restart ");
        names.put("TaskTemplate.Placement.", "placement ");
        names.put("TaskTemplate.LogDriver.", "logging ");
        names.put("TaskTemplate.Networks[", "network ");
        names.put("TaskTemplate.", "");
        names.put("Mode.Replicated.Replicas", "replicas");
        names.put("EndpointSpec.Ports[", "port ");
        names.put("EndpointSpec.", "endpoint ");
        names.put("UpdateConfig.", "update ");
        names.put("RollbackConfig.", "rollback ");
        names.put("Labels.", "service label ");
        return names;
    }

    /** The label of a path: {@code image}, {@code env LOG_LEVEL}, {@code limit memory bytes}. */
    static String of(String path) {
        for (Map.Entry<String, String> beginning : BEGINNINGS.entrySet()) {
            if (path.startsWith(beginning.getKey())) {
                return (beginning.getValue() + rest(beginning.getKey(), path)).strip();
            }
        }
        return words(path);
    }

    private static String rest(String beginning, String path) {
        String rest = path.substring(beginning.length());
        if (beginning.equals(ENV) || beginning.endsWith("Labels.")) {
            return rest;
        }
        if (!beginning.endsWith("[")) {
            return words(rest);
        }
        int end = rest.lastIndexOf("]");
        if (end < 0) {
            return rest;
        }
        String field = rest.substring(end + 1);
        // That it is another version of the secret or config is what there is to say.
        boolean version = field.equals(".SecretName") || field.equals(".ConfigName");
        return rest.substring(0, end) + (version ? "" : words(field));
    }

    private static String words(String path) {
        Matcher matcher = CAPITAL.matcher(path.replace('.', ' '));
        return matcher.replaceAll(" ").toLowerCase(Locale.ROOT);
    }
}
