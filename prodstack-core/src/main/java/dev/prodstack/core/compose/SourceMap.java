package dev.prodstack.core.compose;

import dev.prodstack.core.problem.Position;
import dev.prodstack.core.value.Copies;
import java.util.Map;

/**
 * Where in the files each part of a stack was said.
 *
 * @param positions the positions by dotted path, such as {@code services.web.deploy.update_config.monitor}; list items
 *     have their index in brackets, {@code services.web.ports[0]}
 */
public record SourceMap(Map<String, Position> positions) {
    /** Copies the positions. */
    public SourceMap {
        positions = Copies.of(positions);
    }

    /**
     * The position of a path, or of the nearest part around it that the files mention: asked for
     * {@code services.web.deploy.resources}, it answers with where {@code services.web} stands if there is no
     * {@code deploy}.
     */
    public Position of(String path) {
        String part = path;
        while (!part.isEmpty()) {
            Position position = positions.get(part);
            if (position != null) {
                return position;
            }
            part = part.substring(0, Math.max(0, Math.max(part.lastIndexOf('.'), part.lastIndexOf('['))));
        }
        return positions.getOrDefault("", Position.of("<compose file>"));
    }
}
