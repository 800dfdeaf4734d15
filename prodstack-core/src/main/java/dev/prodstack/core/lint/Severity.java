package dev.prodstack.core.lint;

import java.util.Locale;

/** How much a finding hurts, the worst first. */
public enum Severity {
    /** Swarm refuses it, or what it asks for can never be. */
    ERROR,
    /** It works until the day it hurts. */
    WARNING,
    /** It may be meant; know what it costs. */
    INFO;

    /** The name as reports write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
