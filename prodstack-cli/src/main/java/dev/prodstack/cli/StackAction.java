package dev.prodstack.cli;

import picocli.CommandLine.Mixin;

/** A command about a stack on an engine. */
abstract class StackAction extends EngineAction {
    @Mixin
    private StackOptions stack = new StackOptions();

    @Override
    final StackOptions stack() {
        return stack;
    }
}
