package dev.prodstack.core.stack;

import dev.prodstack.core.value.FileMode;
import java.util.Optional;

/**
 * A secret or config as a service sees it: a file in its containers.
 *
 * @param source the key of the secret or config
 * @param target the file; below {@code /run/secrets} for a secret, below {@code /} for a config, unless absolute; the
 *     key where absent
 * @param uid the owner's number; 0 where absent
 * @param gid the group's number; 0 where absent
 * @param mode the permissions; 0444 where absent
 */
public record FileReference(
        String source, Optional<String> target, Optional<String> uid, Optional<String> gid, Optional<FileMode> mode) {}
