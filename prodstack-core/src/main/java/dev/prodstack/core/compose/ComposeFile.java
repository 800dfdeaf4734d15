package dev.prodstack.core.compose;

import dev.prodstack.core.problem.Position;
import dev.prodstack.core.problem.Problem;
import dev.prodstack.core.stack.Stack;
import dev.prodstack.core.value.Data;
import java.nio.file.Path;
import java.util.List;

/**
 * A stack together with where each part of it was said.
 *
 * @param stack the stack
 * @param positions where its parts stand
 */
public record ComposeFile(Stack stack, SourceMap positions) {

    /**
     * Reads one Compose file, with the environment empty but for the file's {@code .env}.
     *
     * @throws ComposeException if anything is wrong with it
     */
    public static ComposeFile load(Path file) {
        return load(ComposeSource.of(file));
    }

    /**
     * Reads Compose files.
     *
     * @throws ComposeException if anything is wrong with them; it has every problem
     */
    @SuppressWarnings("DoNotCallSuggester")
    public static ComposeFile load(ComposeSource source) {
        throw new ComposeException(List.of(
                new Problem(Position.of(source.files().get(0).toString()), "", "reading is being written", "")));
    }

    /** The stack in Compose's normal form: every short form written out, ready to be printed as YAML or JSON. */
    public Data toData() {
        return Data.of("");
    }
}
