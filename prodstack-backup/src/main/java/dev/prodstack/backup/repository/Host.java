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

    private static String resolved() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
