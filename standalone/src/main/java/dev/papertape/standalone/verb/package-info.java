/**
 * The command line: verbs, their options, exit codes and progress. Called by main only. Parses and
 * reports; the work is done behind {@code Playback}, {@code Benchmarks} and the serve package.
 */
@NullMarked
package dev.papertape.standalone.verb;

import org.jspecify.annotations.NullMarked;
