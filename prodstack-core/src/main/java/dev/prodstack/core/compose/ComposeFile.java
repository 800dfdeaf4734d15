package dev.prodstack.core.compose;

import dev.prodstack.core.compose.normal.NormalForm;
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
 * @param warnings what is legal and probably not meant, such as a variable that is not set
 */
public record ComposeFile(Stack stack, SourceMap positions, List<Problem> warnings) {
    /** Copies the warnings. */
    public ComposeFile {
        warnings = List.copyOf(warnings);
    }

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
    public static ComposeFile load(ComposeSource source) {
        return new StackLoader(source).load();
    }

    /** The stack in Compose's normal form: every short form written out, ready to be printed as YAML or JSON. */
    public Data toData() {
        return NormalForm.of(stack);
    }

    /** A stack in its normal form, wherever it comes from. */
    public static Data normalForm(Stack stack) {
        return NormalForm.of(stack);
    }
}
