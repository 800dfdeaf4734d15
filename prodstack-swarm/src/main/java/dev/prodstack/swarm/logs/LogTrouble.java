package dev.prodstack.swarm.logs;

/**
 * Logs that cannot be read, all or some of them. The others go on.
 *
 * @param subject whose logs: the name of a service or of a task
 * @param reason why
 */
public record LogTrouble(String subject, String reason) implements LogEvent {}
