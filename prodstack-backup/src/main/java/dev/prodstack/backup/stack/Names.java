package dev.prodstack.backup.stack;

import dev.prodstack.core.stack.Payload;
import dev.prodstack.core.stack.Secret;
import dev.prodstack.core.stack.Stack;
import dev.prodstack.core.stack.Volume;

/** What things of a stack are called in the cluster. */
final class Names {
    private Names() {}

    static String volume(Stack stack, String key) {
        Volume volume = stack.volumes().get(key);
        if (volume == null) {
            throw new IllegalArgumentException("the stack has no volume " + key);
        }
        return volume.name().orElse(volume.external() ? key : stack.name() + "_" + key);
    }

    /** An external secret is known by its name, another by its key. */
    static String secret(Stack stack, String key) {
        Secret secret = stack.secrets().get(key);
        if (secret == null || !(secret.source() instanceof Payload.External)) {
            return key;
        }
        return secret.name().orElse(key);
    }
}
