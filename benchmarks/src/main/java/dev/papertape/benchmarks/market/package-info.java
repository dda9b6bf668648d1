/** Measures the market context: decoding frames and keeping books. Never touches a database. */
@NullMarked
package dev.papertape.benchmarks.market;

import org.jspecify.annotations.NullMarked;
