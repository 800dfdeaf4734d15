package dev.prodstack.cli;

import dev.prodstack.cli.display.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * The commands, as far as one command line needs them: a command's class is loaded only if it is the one, or if all of
 * them are to be listed.
 */
final class CommandTree {
    /** The commands' names, in the order of help. */
    static final List<String> NAMES = List.of(
            "plan",
            "deploy",
            "releases",
            "diff",
            "rollback",
            "migrate",
            "node",
            "cert",
            "clean-up",
            "status",
            "logs",
            "health-check",
            "loadcheck",
            "audit",
            "init-secrets",
            "init-configs",
            "scale",
            "autoscale",
            "restart",
            "rm",
            "doctor",
            "backup",
            "restore",
            "drill",
            "repo",
            "config",
            "lint",
            "settings",
            "completion",
            "version",
            "help");

    private final CommandLine root;
    private final List<String> arguments;

    private CommandTree(CommandLine root, List<String> arguments) {
        this.root = root;
        this.arguments = arguments;
    }

    /** Prepares for a command line. */
    static CommandTree of(List<String> arguments, Style style) {
        CommandLine root = new CommandLine(new Root());
        List<String> ordered = commandFirst(arguments, root.getCommandSpec());
        String first = ordered.isEmpty() ? "" : ordered.get(0);
        boolean known = NAMES.contains(first) && !first.equals("help") && !first.equals("completion");
        List<String> needed = known ? List.of(first) : first.equals("--version") ? List.of() : NAMES;
        for (String name : needed) {
            root.addSubcommand(name, command(name));
        }
        return new CommandTree(configured(root, style), ordered);
    }

    /** Every command, for completion scripts and tests. */
    static CommandLine whole() {
        CommandLine root = new CommandLine(new Root());
        NAMES.forEach(name -> root.addSubcommand(name, command(name)));
        return configured(root, Style.PLAIN);
    }

    private static Object command(String name) {
        return switch (name) {
            case "plan" -> new PlanCommand();
            case "deploy" -> new DeployCommand();
            case "releases" -> new ReleasesCommand();
            case "diff" -> new DiffCommand();
            case "rollback" -> new RollbackCommand();
            case "migrate" -> new MigrateCommand();
            case "node" -> new NodeCommand();
            case "cert" -> new CertCommand();
            case "clean-up" -> new CleanUpCommand();
            case "init-secrets" -> new InitSecretsCommand();
            case "init-configs" -> new InitConfigsCommand();
            case "scale" -> new ScaleCommand();
            case "autoscale" -> new AutoscaleCommand();
            case "restart" -> new RestartCommand();
            case "rm" -> new RmCommand();
            case "config" -> new ConfigCommand();
            case "lint" -> new LintCommand();
            case "status" -> new StatusCommand();
            case "logs" -> new LogsCommand();
            case "health-check" -> new HealthCheckCommand();
            case "loadcheck" -> new LoadcheckCommand();
            case "audit" -> new AuditCommand();
            case "doctor" -> new DoctorCommand();
            case "backup" -> new BackupCommand();
            case "restore" -> new RestoreCommand();
            case "drill" -> new DrillCommand();
            case "repo" -> new RepoCommand();
            case "settings" -> new SettingsCommand();
            case "completion" -> new CompletionCommand();
            case "version" -> new VersionCommand();
            case "help" -> new HelpCommand();
            default -> throw new IllegalArgumentException("no such command: " + name);
        };
    }

    private static CommandLine configured(CommandLine root, Style style) {
        root.setExpandAtFiles(false);
        root.setCaseInsensitiveEnumValuesAllowed(true);
        root.setColorScheme(CommandLine.Help.defaultColorScheme(style == Style.COLOURED ? Ansi.ON : Ansi.OFF));
        HelpLayout.apply(root);
        return root;
    }

    /**
     * Moves options that stand before the command behind it, where the command knows them: {@code prodstack -f
     * compose.yml config} means {@code prodstack config -f compose.yml}.
     */
    private static List<String> commandFirst(List<String> arguments, CommandSpec root) {
        int at = 0;
        while (at < arguments.size() && isOption(arguments.get(at))) {
            if (arguments.get(at).equals("--version") || arguments.get(at).equals("-V")) {
                return List.of("--version");
            }
            OptionSpec option = root.findOption(arguments.get(at));
            at += option != null && option.arity().max() > 0 ? 2 : 1;
        }
        if (at == 0 || at >= arguments.size()) {
            return arguments;
        }
        List<String> ordered = new ArrayList<>();
        ordered.add(arguments.get(at));
        ordered.addAll(arguments.subList(0, at));
        ordered.addAll(arguments.subList(at + 1, arguments.size()));
        return ordered;
    }

    private static boolean isOption(String argument) {
        return argument.startsWith("-") && argument.length() > 1 && !argument.equals("--");
    }

    /**
     * Reads the arguments.
     *
     * @return a text, if one is asked for in place of an action: help or the version
     * @throws dev.prodstack.cli.outcome.Failure if they make no sense
     */
    Optional<String> parse() {
        if (arguments.isEmpty()) {
            return Optional.of(root.getUsageMessage());
        }
        try {
            root.parseArgs(arguments.toArray(new String[0]));
        } catch (ParameterException e) {
            throw UsageFailure.of(e);
        }
        CommandLine command = command();
        if (command.isUsageHelpRequested()) {
            return Optional.of(command.getUsageMessage());
        }
        if (root.isVersionHelpRequested()) {
            return Optional.of("prodstack " + Version.number() + "\n");
        }
        return command.getCommand() instanceof HelpCommand help
                ? Optional.of(explained(help.words()).getUsageMessage())
                : Optional.empty();
    }

    private CommandLine explained(List<String> words) {
        CommandLine command = root;
        for (String word : words) {
            CommandLine next = command.getSubcommands().get(word);
            if (next == null) {
                throw UsageFailure.unknownCommand(word, command.getSubcommands().keySet());
            }
            command = next;
        }
        return command;
    }

    /** The action of the command that was given. */
    Action action() {
        if (command().getCommand() instanceof Action action) {
            return action;
        }
        throw UsageFailure.missingCommand(command());
    }

    private CommandLine command() {
        List<CommandLine> chain = root.getParseResult().asCommandLineList();
        return chain.get(chain.size() - 1);
    }
}
