/**
 * The whole system in one process, and the program that people start. Called by the launcher and by
 * `spring-boot:run`. Decides nothing about trading.
 */
@NullMarked
package dev.papertape.standalone;

import org.jspecify.annotations.NullMarked;
