package dev.prodstack.cli;

import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.core.cluster.ClusterStore;
import dev.prodstack.core.compose.ComposeFile;
import dev.prodstack.core.compose.ComposeSource;
import dev.prodstack.core.print.JsonText;
import dev.prodstack.core.stack.Stack;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The stack as the last deploy read it, in the normal form, kept in the cluster: for services that go by it and have no
 * files. It holds what {@code prodstack config} prints, and no value of a secret.
 */
final class DeployedStack {
    private DeployedStack() {}

    private static String name(String stack) {
        return ClusterStore.nameFor("stack.", stack);
    }

    /** Keeps it, if the stack is backed up; one that is too large is not kept, and services that need it say so. */
    static void keep(ClusterStore store, Stack stack) {
        if (stack.operations().backup().isEmpty()) {
            return;
        }
        byte[] bytes = packed(JsonText.compact(ComposeFile.normalForm(stack)));
        if (bytes.length > ClusterStore.MAX_VALUE_SIZE) {
            return;
        }
        store.update(name(stack.name()), before -> bytes);
    }

    private static byte[] packed(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("memory can be written to", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads it.
     *
     * @throws Failure if it is not there
     */
    static Stack read(ClusterStore store, String stack) {
        byte[] bytes = store.read(name(stack))
                .map(ClusterStore.Entry::value)
                .orElseThrow(() -> Failure.failed(
                        "the cluster does not know how stack " + stack + " is backed up",
                        "name its files with --file, or deploy it with x-prodstack.backup in them"));
        try {
            Path file = Files.createTempFile("stack", ".json");
            try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
                Files.write(file, in.readAllBytes());
                return ComposeFile.load(ComposeSource.of(file).named(stack)).stack();
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw Failure.failed(
                    "the stack that the cluster keeps cannot be read: " + e.getMessage(), "deploy again", e);
        }
    }
}
