/**
 * The values of secrets, which are read late, sent once, and kept nowhere.
 *
 * <p>A {@link dev.prodstack.swarm.secret.SecretDigest} beside a secret in the cluster tells whether a value is the one
 * that is stored there, as slowly as a password hash does, so that who can read labels cannot guess weak values.
 */
@NullMarked
package dev.prodstack.swarm.secret;

import org.jspecify.annotations.NullMarked;
