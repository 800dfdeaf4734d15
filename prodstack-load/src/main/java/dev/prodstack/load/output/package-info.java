/** What wrk, redis-benchmark and pgbench print, read. Pure. */
@NullMarked
package dev.prodstack.load.output;

import org.jspecify.annotations.NullMarked;
