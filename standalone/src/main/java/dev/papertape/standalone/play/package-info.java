/**
 * Plays recordings at full speed into a fresh log, without Spring and without HTTP. Called by the
 * verb {@code play} and by the benchmarks. Never touches a log that holds something.
 */
@NullMarked
package dev.papertape.standalone.play;

import org.jspecify.annotations.NullMarked;
