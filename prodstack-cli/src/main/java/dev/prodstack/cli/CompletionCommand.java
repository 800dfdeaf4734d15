package dev.prodstack.cli;

import dev.prodstack.cli.outcome.ExitCode;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code prodstack completion}. */
@Command(
        name = "completion",
        header = "Print a script that completes commands and options in your shell.",
        description = {
            "source <(prodstack completion bash)    here; put it into ~/.bashrc to keep it",
            "source <(prodstack completion zsh)     the same for zsh and ~/.zshrc",
            "prodstack completion bash > /etc/bash_completion.d/prodstack",
        },
        customSynopsis = "prodstack completion [bash|zsh]")
final class CompletionCommand extends Action {
    /** The shells there is a script for. */
    enum Shell {
        BASH,
        ZSH;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(
            arity = "0..1",
            paramLabel = "SHELL",
            description = "The shell: ${COMPLETION-CANDIDATES}. By default yours, as $SHELL has it.")
    private Optional<Shell> shell = Optional.empty();

    CompletionCommand() {}

    @Override
    ExitCode run(Context context) {
        Shell chosen =
                shell.orElseGet(() -> fromEnvironment(context.surroundings().environment()));
        String script = AutoComplete.bash("prodstack", CommandTree.whole());
        context.results().print(chosen == Shell.ZSH ? forZsh(script) : script);
        return ExitCode.DONE;
    }

    private static Shell fromEnvironment(Map<String, String> environment) {
        return Path.of(environment.getOrDefault("SHELL", "bash")).endsWith("zsh") ? Shell.ZSH : Shell.BASH;
    }

    /** The script switches zsh's emulation of bash completion on, which needs zsh's own to be running. */
    private static String forZsh(String script) {
        return "autoload -Uz compinit && compinit\n" + script;
    }
}
