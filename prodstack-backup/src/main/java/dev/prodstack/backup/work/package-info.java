/**
 * What a job beside the data does. A {@link dev.prodstack.backup.work.Work} says what, goes to the job as JSON, and a
 * {@link dev.prodstack.backup.work.Worker} does it there: it opens the repository, stores or restores, and prints how
 * far it is and in the end a {@link dev.prodstack.backup.work.WorkResult}. Passwords are in files that the job sees, of
 * which a work only has the paths.
 */
@NullMarked
package dev.prodstack.backup.work;

import org.jspecify.annotations.NullMarked;
