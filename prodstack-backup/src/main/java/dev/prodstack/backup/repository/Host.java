package dev.prodstack.backup.repository;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The machine this runs on. */
public final class Host {
    private static final Path NAME = Path.of("/proc/sys/kernel/hostname");

    private Host() {}

    /** Its name, as the kernel has it. */
    public static String name() {
        try {
            return Files.readString(NAME).strip();
        } catch (IOException e) {
            return resolved();
        }
    }

    /** The number of the user that this process runs as; 0 where there is no such number. */
    public static int uid() {
        return number("unix:uid");
    }

    /** The number of that user's group; 0 where there is no such number. */
    public static int gid() {
        return number("unix:gid");
    }

    private static int number(String attribute) {
        try {
            return ((Number) Files.getAttribute(Path.of("/proc/self"), attribute)).intValue();
        } catch (IOException | UnsupportedOperationException e) {
            return 0;
        }
    }

    private static String resolved() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
