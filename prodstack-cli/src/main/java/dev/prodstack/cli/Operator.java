package dev.prodstack.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Map;

/**
 * Who runs a command.
 *
 * @param user the person's name on the machine
 * @param host the machine's name
 */
record Operator(String user, String host) {

    /** That of this process. Who became root with sudo is still who they are. */
    static Operator of(Context context) {
        Map<String, String> environment = context.surroundings().environment();
        String user = System.getProperty("user.name", "unknown").toLowerCase(Locale.ROOT);
        String before = environment.getOrDefault("SUDO_USER", "");
        return new Operator(before.isEmpty() ? user : before + " as " + user, localHost());
    }

    private static String localHost() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }

    /** Both on one line. */
    @Override
    public String toString() {
        return user + "@" + host;
    }
}
