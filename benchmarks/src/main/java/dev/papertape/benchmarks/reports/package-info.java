/** How long reports take over HTTP, however long the log is, beside SQL over the log. */
@NullMarked
package dev.papertape.benchmarks.reports;

import org.jspecify.annotations.NullMarked;
