/** What runs in a job: a load, and the removal of all that it left, also when the job is ended before its time. */
@NullMarked
package dev.prodstack.load.work;

import org.jspecify.annotations.NullMarked;
