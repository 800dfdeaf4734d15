package dev.prodstack.cli;

import dev.prodstack.cli.outcome.ExitCode;
import java.lang.reflect.Member;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * The order of a help text: what the command is for, examples, usage, and then the options in groups: the command's
 * own, those about snapshots and the repository, the stack and the engine, and those of every command.
 */
final class HelpLayout {
    private static final int WIDTH = 80;
    private static final int OPTION_WIDTH = 26;
    private static final String OWN = "Options";
    private static final String STACK = "Which stack";
    private static final String ENGINE = "Which engine";
    private static final String REPOSITORY = "Which repository";
    private static final String SNAPSHOTS = "Which snapshots";
    private static final String COMMON = "General";

    private HelpLayout() {}

    /** Gives a command and those below it this layout. */
    static void apply(CommandLine command) {
        UsageMessageSpec usage = command.getCommandSpec().usageMessage();
        usage.width(WIDTH);
        usage.descriptionHeading("%n@|bold Examples:|@%n");
        usage.synopsisHeading("%n@|bold Usage:|@ ");
        usage.parameterListHeading("%n@|bold Arguments:|@%n");
        usage.commandListHeading("%n@|bold Commands:|@%n");
        usage.footerHeading("%n");
        usage.sectionKeys(List.of(
                UsageMessageSpec.SECTION_KEY_HEADER,
                UsageMessageSpec.SECTION_KEY_DESCRIPTION_HEADING,
                UsageMessageSpec.SECTION_KEY_DESCRIPTION,
                UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING,
                UsageMessageSpec.SECTION_KEY_SYNOPSIS,
                UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING,
                UsageMessageSpec.SECTION_KEY_COMMAND_LIST,
                UsageMessageSpec.SECTION_KEY_PARAMETER_LIST_HEADING,
                UsageMessageSpec.SECTION_KEY_PARAMETER_LIST,
                UsageMessageSpec.SECTION_KEY_OPTION_LIST,
                UsageMessageSpec.SECTION_KEY_FOOTER_HEADING,
                UsageMessageSpec.SECTION_KEY_FOOTER));
        usage.longOptionsMaxWidth(OPTION_WIDTH);
        command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_DESCRIPTION, HelpLayout::examples);
        command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, HelpLayout::options);
        if (command.getParent() == null) {
            usage.footer(footer());
        }
        command.getSubcommands().values().forEach(HelpLayout::apply);
    }

    private static String[] footer() {
        List<String> lines = new ArrayList<>(List.of(
                "@|bold Environment:|@",
                "  Each option under \"Which stack\", \"Which engine\" and \"General\" is a variable",
                "  too: the one of --output is PRODSTACK_OUTPUT. Options win over variables, and",
                "  these over settings files; prodstack settings prints what is in effect and why.",
                "  NO_COLOR, FORCE_COLOR and TERM=dumb are respected.",
                "",
                "@|bold Exit codes:|@"));
        for (ExitCode code : ExitCode.values()) {
            lines.add(String.format("  %3d  %s", code.number(), code.word()));
        }
        return lines.toArray(new String[0]);
    }

    private static String examples(Help help) {
        StringBuilder text = new StringBuilder();
        for (String example : help.commandSpec().usageMessage().description()) {
            text.append("  ").append(example).append('\n');
        }
        return text.toString();
    }

    private static String options(Help help) {
        List<OptionSpec> all = help.commandSpec().options().stream()
                .filter(option -> !option.hidden())
                .toList();
        Map<String, List<OptionSpec>> groups = new LinkedHashMap<>();
        List.of(OWN, SNAPSHOTS, REPOSITORY, STACK, ENGINE, COMMON)
                .forEach(heading -> groups.put(heading, new ArrayList<>()));
        all.forEach(option -> groups.getOrDefault(heading(option), List.of()).add(option));
        StringBuilder text = new StringBuilder();
        groups.forEach((heading, options) -> {
            if (!options.isEmpty()) {
                Help.Layout layout = help.createDefaultLayout(all, List.of(), help.colorScheme());
                layout.addAllOptions(options, help.parameterLabelRenderer());
                text.append(help.createHeading("%n@|bold " + heading + ":|@%n")).append(layout);
            }
        });
        return text.toString();
    }

    private static String heading(OptionSpec option) {
        if (!(option.userObject() instanceof Member member)) {
            return OWN;
        }
        Class<?> owner = member.getDeclaringClass();
        if (owner == StackOptions.class) {
            return STACK;
        }
        if (owner == RepositoryOptions.class) {
            return REPOSITORY;
        }
        if (owner == SnapshotOptions.class) {
            return SNAPSHOTS;
        }
        return owner == ConnectionOptions.class ? ENGINE : owner == CommonOptions.class ? COMMON : OWN;
    }
}
