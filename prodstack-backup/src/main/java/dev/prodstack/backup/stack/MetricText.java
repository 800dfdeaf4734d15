package dev.prodstack.backup.stack;

/** Lines of the text format that Prometheus reads; a metric's samples follow each other. */
final class MetricText {
    private final StringBuilder lines = new StringBuilder();
    private final String stack;
    private String described = "";

    MetricText(String stack) {
        this.stack = stack;
    }

    void gauge(String name, String help, String labels, long value) {
        gauge(name, help, labels, Long.toString(value));
    }

    void gauge(String name, String help, String labels, String value) {
        if (!name.equals(described)) {
            lines.append("# HELP ").append(name).append(' ').append(help).append('\n');
            lines.append("# TYPE ").append(name).append(" gauge\n");
            described = name;
        }
        lines.append(name)
                .append("{stack=\"")
                .append(stack)
                .append('"')
                .append(labels)
                .append("} ")
                .append(value)
                .append('\n');
    }

    @Override
    public String toString() {
        return lines.toString();
    }
}
