package dev.prodstack.backup.blob;

/** The two kinds of blob, which never share a pack. */
public enum BlobKind {
    /** A piece of a file. */
    DATA("data"),
    /** The list of a directory. */
    TREE("tree");

    private final String word;

    BlobKind(String word) {
        this.word = word;
    }

    /** The format's word for it. */
    public String word() {
        return word;
    }
}
