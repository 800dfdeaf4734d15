package dev.prodstack.core.compose.interpolate;

/**
 * A variable's value and who gave it.
 *
 * @param value the value, may be empty
 * @param origin {@code the environment} or the name of a file
 */
public record Setting(String value, String origin) {}
