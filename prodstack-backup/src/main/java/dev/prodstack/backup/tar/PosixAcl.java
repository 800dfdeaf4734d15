package dev.prodstack.backup.tar;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Access control lists: as the attributes {@code system.posix_acl_*} of Linux hold them, and as text in tar streams,
 * with numbers in place of names; acl(5).
 */
final class PosixAcl {
    private static final int VERSION = 2;
    private static final int NO_ID = -1;
    private static final List<Tag> TAGS = List.of(
            new Tag(1, "user", false),
            new Tag(2, "user", true),
            new Tag(4, "group", false),
            new Tag(8, "group", true),
            new Tag(16, "mask", false),
            new Tag(32, "other", false));

    private PosixAcl() {}

    private record Tag(int number, String word, boolean named) {}

    /** As text; empty if it is none of the known form. */
    static Optional<String> text(byte[] attribute) {
        try {
            ByteBuffer in = ByteBuffer.wrap(attribute).order(ByteOrder.LITTLE_ENDIAN);
            if (in.getInt() != VERSION) {
                return Optional.empty();
            }
            List<String> entries = new ArrayList<>();
            while (in.hasRemaining()) {
                int number = in.getShort();
                int rights = in.getShort();
                int id = in.getInt();
                Optional<Tag> tag =
                        TAGS.stream().filter(one -> one.number() == number).findAny();
                if (tag.isEmpty()) {
                    return Optional.empty();
                }
                entries.add(tag.get().word() + ":" + (tag.get().named() ? Integer.toUnsignedString(id) : "") + ":"
                        + ((rights & 4) != 0 ? "r" : "-") + ((rights & 2) != 0 ? "w" : "-")
                        + ((rights & 1) != 0 ? "x" : "-"));
            }
            return Optional.of(String.join(",", entries));
        } catch (BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    /** As an attribute; empty if it names users that only the machine it comes from knows, or is no such text. */
    static Optional<byte[]> attribute(String text) {
        String[] entries = text.strip().split("[,\\n]+", -1);
        ByteBuffer out = ByteBuffer.allocate(4 + 8 * entries.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(VERSION);
        for (String entry : entries) {
            // Some programs put the number behind the rights.
            String[] fields = entry.strip().split(":", -1);
            if (fields.length < 3 || !fields[2].matches("[rwx-]{3}")) {
                return Optional.empty();
            }
            boolean named = !fields[1].isEmpty();
            Optional<Tag> tag = TAGS.stream()
                    .filter(one -> one.word().equals(fields[0]) && one.named() == named)
                    .findAny();
            String id = fields.length > 3 ? fields[3] : fields[1];
            if (tag.isEmpty() || (named && !id.matches("\\d{1,10}"))) {
                return Optional.empty();
            }
            out.putShort((short) tag.get().number());
            out.putShort((short) ((fields[2].indexOf('r') >= 0 ? 4 : 0)
                    | (fields[2].indexOf('w') >= 0 ? 2 : 0)
                    | (fields[2].indexOf('x') >= 0 ? 1 : 0)));
            out.putInt(named ? (int) Long.parseLong(id) : NO_ID);
        }
        return Optional.of(out.array());
    }
}
