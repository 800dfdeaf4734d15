package dev.prodstack.backup.tree;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A name as the file system has it: bytes, which need not be UTF-8. Ordered by them, as trees are. */
public final class NodeName implements Comparable<NodeName> {
    private final byte[] bytes;

    private NodeName(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Of a name that is text. */
    public static NodeName of(String name) {
        return new NodeName(name.getBytes(StandardCharsets.UTF_8));
    }

    /** Of a name's bytes. */
    public static NodeName of(byte[] name) {
        return new NodeName(name.clone());
    }

    /** Its bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Whether it can name a file in a directory: what is restored must not leave its place. */
    public boolean safe() {
        for (byte b : bytes) {
            if (b == '/' || b == 0) {
                return false;
            }
        }
        String text = toString();
        return bytes.length > 0 && !text.equals(".") && !text.equals("..");
    }

    @Override
    public int compareTo(NodeName other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NodeName name && Arrays.equals(bytes, name.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** For people: what is not UTF-8 is replaced. */
    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
