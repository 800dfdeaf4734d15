package dev.prodstack.cli.display;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void columnsAreAsWideAsTheirWidestCell() {
        Table table = new Table("NAME", "SIZE", "NOTE");
        table.row("web", "1", "");
        table.row("設定", "1,000", "wide");
        table.row("a\u001b[31mb", "2", "hostile\nline");
        assertThat(table.print(Style.PLAIN)).isEqualTo("""
                        NAME          SIZE   NOTE
                        web           1
                        設定          1,000  wide
                        a\\u001b[31mb  2      hostile\\nline
                        """);
    }
}
