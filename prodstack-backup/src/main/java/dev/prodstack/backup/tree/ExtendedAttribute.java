package dev.prodstack.backup.tree;

import java.util.Arrays;
import java.util.Objects;

/**
 * An extended attribute; access control lists are those named {@code system.posix_acl_*}.
 *
 * @param name with its namespace, such as {@code user.origin}
 * @param value its bytes
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out, and compared by content
public record ExtendedAttribute(String name, byte[] value) {
    /** Copies the value. */
    public ExtendedAttribute {
        Objects.requireNonNull(name, "name");
        value = value.clone();
    }

    @Override
    public byte[] value() {
        return value.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ExtendedAttribute its && name.equals(its.name) && Arrays.equals(value, its.value);
    }

    @Override
    public int hashCode() {
        return name.hashCode() * 31 + Arrays.hashCode(value);
    }
}
