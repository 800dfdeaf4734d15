package dev.prodstack.autoscale.export;

import dev.prodstack.core.value.Data;
import java.util.List;

/**
 * An object and what it does not say.
 *
 * @param object the object, ready to be printed as YAML
 * @param warnings what does not carry over, one sentence each without a full stop
 */
public record Exported(Data object, List<String> warnings) {
    /** Copies the warnings. */
    public Exported {
        warnings = List.copyOf(warnings);
    }
}
