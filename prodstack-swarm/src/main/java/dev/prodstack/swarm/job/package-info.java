/**
 * Jobs: programs that run once, near data that only some nodes have. A {@link dev.prodstack.swarm.job.SwarmJobs} makes
 * a service of the mode {@code replicated-job} of each, follows it, and removes it with all that it had, whatever came
 * of it. Labels say for which stack a job is and until when it may run, so that what a killed program left behind is
 * found.
 */
@NullMarked
package dev.prodstack.swarm.job;

import org.jspecify.annotations.NullMarked;
