package dev.prodstack.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code prodstack cert}, under which the commands about certificates stand. */
@Command(
        name = "cert",
        header = "Give services a new certificate without a lost request.",
        description = {
            "prodstack cert rotate tls_certificate=new.pem tls_key=new.key",
            "prodstack cert rotate tls_certificate=new.pem --dry-run",
        },
        customSynopsis = "prodstack cert COMMAND [OPTIONS]",
        subcommands = CertRotateCommand.class)
final class CertCommand {
    @Mixin
    private StackOptions stack = new StackOptions();

    @Mixin
    private CommonOptions common = new CommonOptions();

    CertCommand() {}

    CommonOptions common() {
        return common;
    }

    StackOptions stack() {
        return stack;
    }
}
