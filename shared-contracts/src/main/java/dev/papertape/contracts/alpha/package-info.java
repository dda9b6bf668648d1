/**
 * What an alpha wanted: the feature windows behind an order intent. Written by the engine; read by
 * the audit. Never holds parameters of a running alpha.
 */
@NullMarked
package dev.papertape.contracts.alpha;

import org.jspecify.annotations.NullMarked;
