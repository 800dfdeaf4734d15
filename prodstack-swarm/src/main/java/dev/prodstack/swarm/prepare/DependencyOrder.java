package dev.prodstack.swarm.prepare;

import dev.prodstack.core.stack.Service;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Services in an order in which each comes after those it depends on; otherwise as in the file. */
final class DependencyOrder {
    private final Map<String, Service> services;
    private final Set<String> ordered = new LinkedHashSet<>();

    private DependencyOrder(Map<String, Service> services) {
        this.services = services;
    }

    /** The reader refuses cycles, so there is always one. */
    static List<Service> of(Map<String, Service> services) {
        DependencyOrder order = new DependencyOrder(services);
        services.keySet().forEach(order::visit);
        List<Service> list = new ArrayList<>();
        order.ordered.forEach(name -> list.add(services.get(name)));
        return list;
    }

    private void visit(String name) {
        Service service = services.get(name);
        if (service != null && !ordered.contains(name)) {
            service.dependsOn().keySet().forEach(this::visit);
            ordered.add(name);
        }
    }
}
