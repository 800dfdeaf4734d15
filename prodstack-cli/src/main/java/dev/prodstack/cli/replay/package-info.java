/** How a replayed trace is shown: as a table, as data, and as a page with charts. */
@NullMarked
package dev.prodstack.cli.replay;

import org.jspecify.annotations.NullMarked;
