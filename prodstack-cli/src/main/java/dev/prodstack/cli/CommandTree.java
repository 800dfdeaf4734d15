package dev.prodstack.cli;

import dev.prodstack.cli.display.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
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

    private static final Set<String> VERSION = Set.of("--version", "-V");

    private final CommandLine root;
    private final List<String> arguments;

    private CommandTree(CommandLine root, List<String> arguments) {
        this.root = root;
        this.arguments = arguments;
    }

    /** Prepares for a command line. */
    static CommandTree of(List<String> arguments, Style style) {
        CommandLine root = new CommandLine(new Root());
        int at = afterOptions(arguments, 0);
        if (arguments.subList(0, at).stream().anyMatch(VERSION::contains)) {
            return new CommandTree(configured(root, style), List.of("--version"));
        }
        String first = at < arguments.size() ? arguments.get(at) : "";
        boolean known = NAMES.contains(first) && !first.equals("help") && !first.equals("completion");
        for (String name : known ? List.of(first) : NAMES) {
            root.addSubcommand(name, command(name));
        }
        List<String> ordered = commandFirst(arguments, root);
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
     * Moves options that stand before or between the command's words behind them: {@code prodstack -q repo -r backups
     * check} means {@code prodstack repo check -q -r backups}.
     */
    private static List<String> commandFirst(List<String> arguments, CommandLine root) {
        List<String> words = new ArrayList<>();
        List<String> options = new ArrayList<>();
        int done = 0;
        CommandLine command = root;
        while (!command.getSubcommands().isEmpty()) {
            int at = afterOptions(arguments, done);
            CommandLine next =
                    at == arguments.size() ? null : command.getSubcommands().get(arguments.get(at));
            if (next == null) {
                break;
            }
            options.addAll(arguments.subList(done, at));
            words.add(arguments.get(at));
            command = next;
            done = at + 1;
        }
        words.addAll(options);
        words.addAll(arguments.subList(done, arguments.size()));
        return words;
    }

    /** Where the options that begin somewhere end, with their values. */
    private static int afterOptions(List<String> arguments, int from) {
        int at = from;
        while (at < arguments.size() && isOption(arguments.get(at))) {
            at += takesValue(arguments.get(at)) ? 2 : 1;
        }
        return Math.min(at, arguments.size());
    }

    private static boolean takesValue(String argument) {
        if (VERSION.contains(argument)) {
            return false;
        }
        OptionSpec option = EarlyOptions.SPEC.findOption(argument);
        return option != null && option.arity().max() > 0;
    }

    /** What may stand before a command; read only where something does. */
    @Command
    @SuppressWarnings("UnusedVariable") // picocli looks at them
    private static final class EarlyOptions {
        private static final CommandSpec SPEC = CommandSpec.forAnnotatedObject(new EarlyOptions());

        @Mixin
        private StackOptions stack = new StackOptions();

        @Mixin
        private CommonOptions common = new CommonOptions();

        @Mixin
        private ConnectionOptions connection = new ConnectionOptions();

        @Mixin
        private RepositoryOptions repository = new RepositoryOptions();
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
