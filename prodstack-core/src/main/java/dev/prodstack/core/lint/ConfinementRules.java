package dev.prodstack.core.lint;

import static dev.prodstack.core.lint.Severity.ERROR;
import static dev.prodstack.core.lint.Severity.WARNING;

import dev.prodstack.core.lint.Rule.Report;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What keeps a container apart from its node. */
final class ConfinementRules {
    private static final Map<String, String> DANGEROUS = Map.of(
            "ALL", "every capability, which is root on the node",
            "DAC_READ_SEARCH", "reading every file of the node",
            "SYS_ADMIN", "mounting file systems and leaving the container",
            "SYS_MODULE", "loading kernel modules",
            "SYS_RAWIO", "access to the node's memory and devices");
    private static final Set<String> IPC_SYSCTLS = Set.of(
            "kernel.msgmax",
            "kernel.msgmnb",
            "kernel.msgmni",
            "kernel.sem",
            "kernel.shmall",
            "kernel.shmmax",
            "kernel.shmmni",
            "kernel.shm_rmid_forced");

    static final List<Rule> ALL = List.of(
            Rule.ofService(
                    "dangerous-capability",
                    WARNING,
                    "With one of these capabilities a process in the container can take over its node.",
                    ConfinementRules::capabilities),
            Rule.ofService(
                    "sysctl-of-the-node",
                    ERROR,
                    "Only kernel parameters of the network and IPC namespaces can be set for a container. With any"
                            + " other the task is rejected when it starts.",
                    ConfinementRules::sysctls));

    private ConfinementRules() {}

    private static void capabilities(ServiceFacts service, Report report) {
        Indexed.forEach(service.service().confinement().addedCapabilities(), (index, written) -> {
            String name = written.toUpperCase(Locale.ROOT).replaceFirst("^CAP_", "");
            if (DANGEROUS.containsKey(name)) {
                report.add(
                        "cap_add[" + index + "]",
                        written + " allows " + DANGEROUS.get(name),
                        "add only the capability that is needed");
            }
        });
    }

    private static void sysctls(ServiceFacts service, Report report) {
        for (String name : service.service().confinement().sysctls().keySet()) {
            if (!name.startsWith("net.") && !name.startsWith("fs.mqueue.") && !IPC_SYSCTLS.contains(name)) {
                report.add(
                        "sysctls." + name,
                        name + " belongs to the node, not to a container",
                        "set it on the nodes in /etc/sysctl.d");
            }
        }
    }
}
