package dev.prodstack.backup.stack;

import java.time.Duration;

/** What happens while a stack is backed up or restored. */
public sealed interface StackEvent {
    /** Something is begun, such as {@code verify} or {@code postgres postgres}. */
    record Begun(String what) implements StackEvent {}

    /** Something is done; the text says what came of it. */
    record Done(String what, String text, Duration took) implements StackEvent {}

    /** Something failed. */
    record Failed(String what, String reason) implements StackEvent {}

    /** How far something is. A total of 0 is not known yet. */
    record Progress(String what, long files, long bytes, long totalBytes) implements StackEvent {}

    /** Something that is good to know. */
    record Note(String what, String text) implements StackEvent {}
}
