package dev.prodstack.swarm.engine;

import dev.prodstack.swarm.problem.EngineException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads addresses in the forms of {@code DOCKER_HOST}. */
final class AddressReader {
    /** What follows the scheme, {@code user@host:port/path}, of which everything may be missing. */
    private static final Pattern AUTHORITY = Pattern.compile("(?:(?<user>[^/@]*)@)?"
            + "(?<host>\\[[0-9a-fA-F:.]+]|[a-zA-Z0-9.-]*)"
            + "(?::(?<port>\\d{0,9}))?"
            + "(?<path>/[^?#\\s]*)?");

    private AddressReader() {}

    static EngineAddress read(String address, Optional<TlsFiles> tls) {
        int colon = address.indexOf("://");
        String scheme = colon < 0 ? "" : address.substring(0, colon).toLowerCase(Locale.ROOT);
        String rest = colon < 0 ? address : address.substring(colon + "://".length());
        return switch (scheme) {
            case "unix" -> unix(address, rest);
            case "npipe" -> new EngineAddress.NamedPipe(rest);
            case "ssh" -> ssh(address, rest);
            case "tcp", "" -> network(address, rest, 2375, tls);
            case "https" -> network(address, rest, 443, Optional.of(tls.orElse(TlsFiles.NONE)));
            case "http" -> {
                if (tls.isPresent()) {
                    throw bad(address, "plain http, yet TLS is asked for", "write tcp:// or https://");
                }
                yield network(address, rest, 80, tls);
            }
            default ->
                throw bad(
                        address,
                        "expected unix://, tcp://, http://, https://, npipe:// or ssh://",
                        "correct the scheme");
        };
    }

    private static EngineAddress unix(String address, String path) {
        if (path.isEmpty()) {
            return EngineAddress.DEFAULT;
        }
        try {
            return new EngineAddress.LocalSocket(Path.of(path));
        } catch (InvalidPathException e) {
            throw bad(address, "that is no path: " + e.getReason(), "write unix:///path/to/docker.sock");
        }
    }

    private static EngineAddress network(String address, String rest, int defaultPort, Optional<TlsFiles> tls) {
        if (rest.startsWith("/")) {
            throw bad(address, "expected a host before the first slash", "for a socket write unix://" + rest);
        }
        Matcher matcher = AUTHORITY.matcher(rest);
        if (!matcher.matches() || matcher.group("user") != null) {
            throw bad(address, "expected a host and a port", "write tcp://host:2376");
        }
        String host = matcher.group("host").isEmpty() ? "localhost" : matcher.group("host");
        String path = Optional.ofNullable(matcher.group("path")).orElse("");
        return new EngineAddress.Network(
                host, port(address, matcher).orElse(defaultPort), path.replaceFirst("/+$", ""), tls);
    }

    private static EngineAddress ssh(String address, String rest) {
        Matcher matcher = AUTHORITY.matcher(rest);
        // A host that begins with a dash would be an option of ssh.
        if (!matcher.matches()
                || matcher.group("host").isEmpty()
                || matcher.group("host").startsWith("-")) {
            throw bad(address, "expected a host", "write ssh://user@host");
        }
        Optional<String> user = Optional.ofNullable(matcher.group("user"));
        if (user.filter(name -> name.contains(":") || name.startsWith("-")).isPresent()) {
            throw bad("ssh://...@" + matcher.group("host"), "a password does not belong here", "use a key");
        }
        Optional<String> socket = Optional.ofNullable(matcher.group("path")).filter(path -> !path.equals("/"));
        return new EngineAddress.Ssh(user, matcher.group("host"), port(address, matcher), socket);
    }

    private static OptionalInt port(String address, Matcher matcher) {
        String port = matcher.group("port");
        if (port == null || port.isEmpty()) {
            return OptionalInt.empty();
        }
        int number = Integer.parseInt(port);
        if (number < 1 || number > 65535) {
            throw bad(address, "port " + port + " is not in 1-65535", "correct the port");
        }
        return OptionalInt.of(number);
    }

    private static EngineException bad(String address, String reason, String fix) {
        return EngineException.address("\"" + address + "\" is no engine's address: " + reason, fix);
    }
}
