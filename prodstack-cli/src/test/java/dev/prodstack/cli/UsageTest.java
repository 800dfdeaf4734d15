package dev.prodstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.cli.display.Style;
import dev.prodstack.cli.settings.Setting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class UsageTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    confg                     | unknown command "confg"                                       | did you mean "config"?
                    frobnicate                | unknown command "frobnicate"                                  | there are plan,
                    help confg                | unknown command "confg"                                       | did you mean "config"?
                    config --servces          | unknown option --servces                                      | did you mean "--services"?
                    config --servces=x        | unknown option --servces                                      | did you mean "--services"?
                    config --xyzzy            | unknown option --xyzzy                                        | see prodstack config --help
                    --xyzzy                   | unknown option --xyzzy                                        | see prodstack --help
                    config web                | unexpected argument "web"                                     | see prodstack config --help
                    config -f                 | option --file needs a FILE                                    | see prodstack config --help
                    config -n a -n b          | option --stack is given twice                                 | give it once
                    config --color purple     | option --color cannot be "purple"; expected one of auto,      | see prodstack config --help
                    config --color nevr       | option --color cannot be "nevr"; expected one of auto,        | did you mean "never"?
                    completion fish           | SHELL cannot be "fish"; expected one of bash, zsh             | see prodstack completion --help
                    -q                        | a command is missing; there are plan,                       | prodstack --help says what each does
                    config --output table     | this command cannot print a table                             | use --output yaml or --output json
                    """)
    void mistakesAreNamedWithTheirFix(String line, String message, String fix) {
        CommandRun.Outcome outcome = CommandRun.in(directory).run(line.split(" "));
        assertThat(outcome.err()).startsWith("error: " + message).contains("\n  fix: " + fix);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.code()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "help", "-h", "-f compose.yml --help"})
    void helpListsEveryCommand(String line) {
        CommandRun.Outcome outcome = CommandRun.in(directory).run(line.split(" "));
        assertThat(outcome.out()).contains(CommandTree.NAMES).contains("Examples:", "Exit codes:", "NO_COLOR");
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.code()).isZero();
    }

    @Test
    void withoutArgumentsThereIsHelp() {
        CommandRun.Outcome outcome = CommandRun.in(directory).run();
        assertThat(outcome.out())
                .isEqualTo(CommandRun.in(directory).run("--help").out());
        assertThat(outcome.code()).isZero();
    }

    @Test
    void everyCommandTeachesWithExamplesThatParse() {
        CommandTree.whole().getSubcommands().values().forEach(command -> teaches(command, List.of()));
    }

    private void teaches(CommandLine command, List<String> above) {
        List<String> words = new ArrayList<>(above);
        words.add(command.getCommandName());
        String help = command.getUsageMessage();
        assertThat(help).contains("Examples:\n  ", "\nUsage: prodstack " + String.join(" ", words));
        assertThat(help.lines().filter(line -> line.length() > 80)).isEmpty();
        assertThat(run("help", words)).isEqualTo(help);
        words.add("--help");
        assertThat(run(words.get(0), words.subList(1, words.size()))).isEqualTo(help);
        words.remove(words.size() - 1);
        command.getSubcommands().values().forEach(below -> teaches(below, words));
    }

    private String run(String first, List<String> others) {
        List<String> arguments = new ArrayList<>(others);
        arguments.add(0, first);
        return CommandRun.in(directory).run(arguments.toArray(String[]::new)).out();
    }

    @Test
    void optionsMayStandBeforeTheCommand() {
        String after = CommandRun.in(directory)
                .run("settings", "-f", "a.yml", "-n", "shop", "-o", "json")
                .out();
        assertThat(after).contains("a.yml").contains("shop");
        assertThat(CommandRun.in(directory)
                        .run("-f", "a.yml", "-n", "shop", "-o", "json", "settings")
                        .out())
                .isEqualTo(after);
        assertThat(CommandRun.in(directory)
                        .run("--file=a.yml", "-nshop", "settings", "-ojson")
                        .out())
                .isEqualTo(after);
        assertThat(CommandRun.in(directory)
                        .run("--file=a.yml", "--name", "shop", "settings", "-ojson")
                        .out())
                .isEqualTo(after);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-q repo check -r nowhere --password-file nothing",
                "repo -q -r nowhere check --password-file nothing",
                "--repo nowhere --password-file nothing repo -q check",
            })
    void optionsMayStandBetweenTheWordsOfACommand(String line) {
        CommandTree tree = CommandTree.of(List.of(line.split(" ")), Style.PLAIN);
        assertThat(tree.parse()).isEmpty();
        assertThat(tree.action()).isInstanceOf(RepoCheckCommand.class);
        assertThat(tree.action().common().settings()).containsKey(Setting.QUIET);
        assertThat(CommandRun.in(directory).run(line.split(" ")).err()).contains("nothing");
    }

    @Test
    void anEngineMayStandBeforeTheCommandAsForDocker() {
        assertThat(CommandRun.in(directory)
                        .run("-H", "tcp://127.0.0.1:1", "status", "-n", "shop")
                        .err())
                .contains("no engine at http://127.0.0.1:1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "-V", "-q --version", "--version config", "-f x.yml --version"})
    void versionIsOneLine(String line) {
        CommandRun.Outcome outcome = CommandRun.in(directory).run(line.split(" "));
        assertThat(outcome.out()).matches("prodstack \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\n");
        assertThat(outcome.code()).isZero();
    }

    @Test
    void argumentsThatBeginWithAnAtSignAreNoFilesOfArguments() throws Exception {
        CommandRun.Outcome outcome =
                CommandRun.in(directory).file("args", "--help").run("@" + directory.resolve("args"));
        assertThat(outcome.err()).startsWith("error: unknown command \"@");
    }
}
