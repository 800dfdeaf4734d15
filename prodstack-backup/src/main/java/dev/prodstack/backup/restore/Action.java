package dev.prodstack.backup.restore;

/** What a restore does with one thing of a snapshot. */
public enum Action {
    /** It is made, as nothing is there. */
    CREATE,
    /** It replaces what is there. */
    REPLACE,
    /** What is there is right. */
    UNCHANGED,
    /** What is there is kept, as the overwrite rule wants. */
    KEEP
}
