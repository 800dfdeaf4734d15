/**
 * Puts the values of variables into Compose files.
 *
 * <p>{@link dev.prodstack.core.compose.interpolate.Variables} knows the values: those of the environment, and beneath
 * them those of {@linkplain dev.prodstack.core.compose.interpolate.EnvFile environment files}.
 * {@link dev.prodstack.core.compose.interpolate.Interpolator} replaces every reference in a tree by its value. Both
 * files read their references as a template: literal text, {@code $NAME} and {@code ${NAME}}, the latter with a rule
 * for a variable that is missing ({@code ${NAME:-default}}) whose argument is a template again.
 */
@NullMarked
package dev.prodstack.core.compose.interpolate;

import org.jspecify.annotations.NullMarked;
