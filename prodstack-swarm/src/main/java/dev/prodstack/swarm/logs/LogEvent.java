package dev.prodstack.swarm.logs;

/** Something to be told while logs are read: a line, or why there are none. */
public sealed interface LogEvent permits LogLine, LogTrouble {}
