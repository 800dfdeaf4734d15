package dev.prodstack.core.yaml;

/**
 * A document to be read.
 *
 * @param name what the user calls it, as shown in positions
 * @param text its characters
 */
public record SourceText(String name, String text) {}
