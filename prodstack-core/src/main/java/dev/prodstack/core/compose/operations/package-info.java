/**
 * Reads {@code x-prodstack}: beside a service into {@link dev.prodstack.core.stack.Operations}, at the top of a file
 * into {@link dev.prodstack.core.stack.StackOperations}.
 *
 * <p>One reader class for each part: scaling, backup, rollout. What a part says about other parts of the file (a
 * secret's key, a volume, another service) is checked at the end, when the whole stack is known.
 */
@NullMarked
package dev.prodstack.core.compose.operations;

import org.jspecify.annotations.NullMarked;
