package dev.prodstack.core.compose.canonical;

import dev.prodstack.core.problem.DottedPath;
import dev.prodstack.core.problem.Problems;
import dev.prodstack.core.yaml.Node;
import dev.prodstack.core.yaml.Node.ListNode;
import dev.prodstack.core.yaml.Node.MapNode;
import dev.prodstack.core.yaml.Node.ScalarNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lines of {@code /etc/hosts}: {@code host:address}, {@code host=address} or a mapping become {@code host:address}. */
final class HostSyntax {
    private HostSyntax() {}

    static Rewriter rewriter() {
        Rewriter list = Rewriter.items(HostSyntax::item);
        return (node, path, problems) -> node instanceof MapNode map
                ? Optional.of(new ListNode(map.position(), lines(map, path, problems), map.directive()))
                : list.rewrite(node, path, problems);
    }

    private static List<Node> lines(MapNode map, DottedPath path, Problems problems) {
        List<Node> lines = new ArrayList<>();
        map.entries().forEach((host, entry) -> {
            List<Node> addresses = entry.value() instanceof ListNode list ? list.items() : List.of(entry.value());
            for (Node address : addresses) {
                if (address instanceof ScalarNode scalar
                        && scalar.isString()
                        && !scalar.text().isEmpty()) {
                    lines.add(ScalarNode.string(address.position(), host + ":" + unbracketed(scalar.text())));
                } else {
                    problems.add(
                            address.position(),
                            path.key(host).toString(),
                            "expected an address, found " + address.kind());
                }
            }
        });
        return lines;
    }

    private static List<Node> item(Node item, DottedPath path, Problems problems) {
        if (!(item instanceof ScalarNode scalar) || !scalar.isString()) {
            return List.of(item);
        }
        String text = scalar.text();
        int equals = text.indexOf('=');
        int end = equals > 0 ? equals : text.indexOf(':');
        if (end <= 0 || end == text.length() - 1) {
            problems.add(
                    item.position(),
                    path.toString(),
                    "expected a host and its address such as db:10.0.0.5, found \"" + text + "\"");
            return List.of();
        }
        return List.of(ScalarNode.string(
                item.position(), text.substring(0, end) + ":" + unbracketed(text.substring(end + 1))));
    }

    private static String unbracketed(String address) {
        return address.startsWith("[") && address.endsWith("]") ? address.substring(1, address.length() - 1) : address;
    }
}
