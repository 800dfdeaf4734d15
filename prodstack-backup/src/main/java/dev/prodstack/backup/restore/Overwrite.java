package dev.prodstack.backup.restore;

/** What happens to a file that is there already. */
public enum Overwrite {
    /** It is replaced, unless its content is right. */
    ALWAYS,
    /** It is replaced, unless its size and modification time are right. */
    IF_CHANGED,
    /** It is replaced if that in the snapshot was modified later. */
    IF_NEWER,
    /** It is kept. */
    NEVER
}
