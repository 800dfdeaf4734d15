package dev.prodstack.cli;

import java.lang.reflect.Field;
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
 * own, those about the stack, those of every command.
 */
final class HelpLayout {
    private static final int WIDTH = 96;
    private static final String OWN = "Options";
    private static final String STACK = "Which stack";
    private static final String COMMON = "General";

    private HelpLayout() {}

    /** Gives a command and those below it this layout. */
    static void apply(CommandLine command) {
        UsageMessageSpec usage = command.getCommandSpec().usageMessage();
        usage.width(WIDTH);
        usage.descriptionHeading("%n@|bold Examples:|@%n");
        usage.synopsisHeading("%n@|bold Usage:|@ ");
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
                UsageMessageSpec.SECTION_KEY_PARAMETER_LIST,
                UsageMessageSpec.SECTION_KEY_OPTION_LIST,
                UsageMessageSpec.SECTION_KEY_FOOTER_HEADING,
                UsageMessageSpec.SECTION_KEY_FOOTER));
        command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, HelpLayout::options);
        command.getSubcommands().values().forEach(HelpLayout::apply);
    }

    private static String options(Help help) {
        Map<String, List<OptionSpec>> groups = new LinkedHashMap<>();
        List.of(OWN, STACK, COMMON).forEach(heading -> groups.put(heading, new ArrayList<>()));
        for (OptionSpec option : help.commandSpec().options()) {
            if (!option.hidden()) {
                groups.getOrDefault(heading(option), List.of()).add(option);
            }
        }
        StringBuilder text = new StringBuilder();
        groups.forEach((heading, options) -> {
            if (!options.isEmpty()) {
                Help.Layout layout = help.createDefaultLayout(options, List.of(), help.colorScheme());
                layout.addAllOptions(options, help.parameterLabelRenderer());
                text.append(help.createHeading("%n@|bold " + heading + ":|@%n")).append(layout);
            }
        });
        return text.toString();
    }

    private static String heading(OptionSpec option) {
        if (!(option.userObject() instanceof Field field)) {
            return OWN;
        }
        Class<?> owner = field.getDeclaringClass();
        return owner == StackOptions.class ? STACK : owner == CommonOptions.class ? COMMON : OWN;
    }
}
