package dev.prodstack.backup.server;

/**
 * Where a server is.
 *
 * @param host a name or an address
 * @param port 1 to 65535
 */
public record Server(String host, int port) {
    private static final int LAST_PORT = 65_535;

    /** Checks both. */
    public Server {
        if (host.isBlank()) {
            throw new IllegalArgumentException("expected the name of a host");
        }
        if (port < 1 || port > LAST_PORT) {
            throw new IllegalArgumentException("expected a port between 1 and 65535, not " + port);
        }
    }

    /** As in an address, such as {@code postgres:5432}. */
    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
