package dev.prodstack.cli;

import picocli.CommandLine.Mixin;

/** A command about a stack's files alone. */
abstract class StackFileAction extends Action {
    @Mixin
    private StackOptions stack = new StackOptions();

    @Override
    final StackOptions stack() {
        return stack;
    }
}
