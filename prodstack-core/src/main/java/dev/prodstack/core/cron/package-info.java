/**
 * Times that repeat.
 *
 * <p>A {@link dev.prodstack.core.cron.CronExpression} says which minutes of the calendar are meant, a
 * {@link dev.prodstack.core.cron.CronSchedule} ties one to a time zone and knows the next instant after a given one,
 * and a {@link dev.prodstack.core.cron.CronWindow} is the time from each firing of one expression to the next firing of
 * another.
 *
 * <p>Nothing here looks at a clock: {@code now} is an argument.
 */
@NullMarked
package dev.prodstack.core.cron;

import org.jspecify.annotations.NullMarked;
