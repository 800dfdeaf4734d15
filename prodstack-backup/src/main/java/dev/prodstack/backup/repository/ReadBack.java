package dev.prodstack.backup.repository;

/** Which blobs are opened, unpacked and compared with their names after they are sealed and before they are stored. */
public enum ReadBack {
    /** Each: what a faulty memory or processor makes is found before it is stored. */
    EACH_BLOB,
    /** None: such a fault is found by a check of all data, or by a restore. */
    NONE
}
