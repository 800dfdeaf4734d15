package dev.prodstack.cli;

import picocli.CommandLine.Mixin;

/** A command that talks to an engine. */
abstract class EngineAction extends Action {
    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Override
    final ConnectionOptions connection() {
        return connection;
    }
}
