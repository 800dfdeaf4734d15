/**
 * Reads Compose files into a {@link dev.prodstack.core.stack.Stack}.
 *
 * <p>{@link dev.prodstack.core.compose.ComposeFile} is the front door; {@link dev.prodstack.core.compose.ComposeSource}
 * says which files, under which name, with which environment. What is read follows the Compose Specification, and where
 * Docker's {@code stack deploy} differs, {@code docs/COMPOSE.md} lists it. A reading either succeeds or throws one
 * {@link dev.prodstack.core.compose.ComposeException} with every problem of every file.
 *
 * <pre>{@code
 * ComposeFile file = ComposeFile.load(ComposeSource.of(Path.of("docker-compose.prod.yml")));
 * Stack stack = file.stack();
 * }</pre>
 */
@NullMarked
package dev.prodstack.core.compose;

import org.jspecify.annotations.NullMarked;
