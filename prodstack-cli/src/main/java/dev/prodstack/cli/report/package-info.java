/** What plans and deploys look like to people, and to programs as data. */
@NullMarked
package dev.prodstack.cli.report;

import org.jspecify.annotations.NullMarked;
