package dev.prodstack.backup.restore;

import dev.prodstack.backup.tree.DeviceNumber;
import dev.prodstack.backup.tree.ExtendedAttribute;
import dev.prodstack.backup.tree.Node;
import dev.prodstack.backup.tree.NodeKind;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * What Java cannot do, done by the system's own programs: pipes, devices, links with odd targets, some times, and
 * attributes outside {@code user.*}. One shell runs all of it, and reads the commands from its input, where names may
 * be any bytes.
 */
final class Commands {
    private final Lacks lacks;
    private final List<Command> commands = new ArrayList<>();

    Commands(Lacks lacks) {
        this.lacks = lacks;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Command(Item item, byte[] line, Lack.Kind kind, String failed) {}

    /** Makes a pipe or a device where nothing is. */
    void make(Item item) {
        Node node = item.node();
        long device = node.device();
        String numbers = " " + DeviceNumber.major(device) + " " + DeviceNumber.minor(device);
        String tail = switch (node.kind()) {
            case FIFO -> " p";
            case DEVICE -> " b" + numbers;
            default -> " c" + numbers;
        };
        String what = node.kind() == NodeKind.FIFO ? "is a pipe" : "is a device";
        add(
                item,
                line("mknod -m 600 -- ", path(item), tail),
                Lack.Kind.CONTENT,
                what + ", which this user cannot make");
    }

    /** Makes a symbolic link where nothing is, of whose target Java would change bytes. */
    void link(Item item) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        line.writeBytes(ascii("ln -s -- "));
        line.writeBytes(quoted(item.node().target().orElseThrow().bytes()));
        line.writeBytes(ascii(" "));
        line.writeBytes(path(item));
        add(item, line.toByteArray(), Lack.Kind.CONTENT, "is a link that cannot be made");
    }

    /** Sets the times of what is in its place. */
    void times(Item item) {
        add(
                item,
                line(
                        "touch -h -a -d '@" + seconds(item.node().accessed().toInstant()) + "' -- ",
                        path(item),
                        " && touch -h -m -d '@" + seconds(item.node().modified().toInstant()) + "' -- ",
                        path(item)),
                Lack.Kind.METADATA,
                "does not get its time");
    }

    /** Sets an attribute of what is in its place. */
    void attribute(Item item, ExtendedAttribute attribute) {
        String value = Base64.getEncoder().encodeToString(attribute.value());
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        line.writeBytes(ascii("setfattr -h -n "));
        line.writeBytes(quoted(attribute.name().getBytes(StandardCharsets.UTF_8)));
        line.writeBytes(ascii(" -v 0s" + value + " -- "));
        line.writeBytes(path(item));
        add(
                item,
                line.toByteArray(),
                Lack.Kind.METADATA,
                "does not get its attribute " + attribute.name()
                        + ": it takes the program setfattr, a file system that has such, and perhaps root");
    }

    private static String seconds(Instant time) {
        return time.getEpochSecond() + String.format(".%09d", time.getNano());
    }

    private synchronized void add(Item item, byte[] line, Lack.Kind kind, String failed) {
        commands.add(new Command(item, line, kind, failed));
    }

    /** Runs what has been added since the last time, in order. */
    synchronized void run() throws IOException, InterruptedException {
        if (commands.isEmpty()) {
            return;
        }
        boolean[] done = new boolean[commands.size()];
        try {
            Process shell = new ProcessBuilder("sh")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Thread feeder = new Thread(() -> feed(shell.getOutputStream()), "restore-commands");
            feeder.setDaemon(true);
            feeder.start();
            try (BufferedReader answers =
                    new BufferedReader(new InputStreamReader(shell.getInputStream(), StandardCharsets.US_ASCII))) {
                answers.lines().mapToInt(Integer::parseInt).forEach(number -> done[number] = true);
            }
            shell.waitFor();
            feeder.join();
        } catch (IOException e) {
            // There is no shell: everything is left undone, and listed.
        }
        for (int i = 0; i < done.length; i++) {
            if (!done[i]) {
                Command command = commands.get(i);
                lacks.add(new Lack(command.item().shown(), command.kind(), command.failed()));
            }
        }
        commands.clear();
    }

    private void feed(OutputStream input) {
        try (input) {
            for (int i = 0; i < commands.size(); i++) {
                input.write(commands.get(i).line());
                input.write(ascii(" </dev/null && echo " + i + "\n"));
            }
        } catch (IOException e) {
            // The shell is gone; what it has not answered is not done.
        }
    }

    private static byte[] path(Item item) {
        return quoted(RawPath.bytes(item.path()));
    }

    private static byte[] quoted(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + 2);
        out.write('\'');
        for (byte b : bytes) {
            if (b == '\'') {
                out.writeBytes(ascii("'\\''"));
            } else {
                out.write(b);
            }
        }
        out.write('\'');
        return out.toByteArray();
    }

    private static byte[] line(Object... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Object part : parts) {
            out.writeBytes(part instanceof byte[] bytes ? bytes : ascii((String) part));
        }
        return out.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
