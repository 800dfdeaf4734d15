import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Pretends to be the engine of an empty swarm and writes down what it is told to create: for each request the path
 * without the API version, a space, and the body, as one line. What is asked for by name is there, with "id-of-" and the
 * name as its id. Of the JDK alone, so that it runs as a single file:
 *
 * <pre>java RecordingEngine.java API_VERSION FILE</pre>
 *
 * <p>It prints the port that it listens on, and ends when its standard input does.
 */
final class RecordingEngine {
    private static final Pattern VERSIONED = Pattern.compile("/v[0-9.]+(/.*)");
    private static final Pattern INSPECT = Pattern.compile("/(networks|secrets|configs)/([^/]+)");
    private static final Pattern NAMES = Pattern.compile("\"name\":\\{([^}]*)}");
    private static final Pattern NAME = Pattern.compile("\"([^\"]+)\":true");

    private final String version;
    private final Path record;

    private RecordingEngine(String version, Path record) {
        this.version = version;
        this.record = record;
    }

    public static void main(String[] arguments) throws IOException {
        RecordingEngine engine = new RecordingEngine(arguments[0], Path.of(arguments[1]));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", engine::converse);
        server.start();
        System.out.println(server.getAddress().getPort());
        while (System.in.read() >= 0) {}
        server.stop(0);
    }

    private void converse(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8).strip();
        Matcher versioned = VERSIONED.matcher(exchange.getRequestURI().getPath());
        String path = versioned.matches() ? versioned.group(1) : exchange.getRequestURI().getPath();
        boolean post = exchange.getRequestMethod().equals("POST");
        if (post) {
            Files.writeString(
                    record, path + " " + body + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        String answer = post ? "{\"ID\":\"created\",\"Id\":\"created\"}" : answer(path, query);
        exchange.getResponseHeaders().set("Api-Version", version);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        byte[] bytes = (answer.isEmpty() ? "{\"message\":\"not found\"}" : answer).getBytes(StandardCharsets.UTF_8);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(answer.isEmpty() ? 404 : post ? 201 : 200, head ? -1 : bytes.length);
        if (!head) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    /** The answer to a question; empty where there is no such thing. */
    private String answer(String path, String query) {
        Matcher inspect = INSPECT.matcher(path);
        if (inspect.matches()) {
            // A secret that is there is updated; a network that is not is refused. The only networks asked for are external.
            return inspect.group(1).equals("networks") ? named(inspect.group(2)) : "";
        }
        return switch (path) {
            case "/_ping" -> "OK";
            case "/info" -> "{\"Swarm\":{\"ControlAvailable\":true,\"LocalNodeState\":\"active\"},\"OSType\":\"linux\"}";
            case "/version" -> "{\"ApiVersion\":\"" + version + "\",\"MinAPIVersion\":\"1.24\",\"Os\":\"linux\"}";
            case "/secrets", "/configs" -> found(query);
            default -> "[]";
        };
    }

    private static String found(String query) {
        Matcher names = NAMES.matcher(query);
        return !names.find()
                ? "[]"
                : NAME.matcher(names.group(1))
                        .results()
                        .map(name -> named(name.group(1)))
                        .collect(Collectors.joining(",", "[", "]"));
    }

    private static String named(String name) {
        return "{\"ID\":\"id-of-" + name + "\",\"Id\":\"id-of-" + name + "\",\"Name\":\"" + name
                + "\",\"Scope\":\"swarm\",\"Driver\":\"overlay\",\"Spec\":{\"Name\":\"" + name + "\"}}";
    }
}
