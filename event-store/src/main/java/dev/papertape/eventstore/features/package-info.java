/**
 * The feature store's tables: values with everything that was known when, and the samples that some
 * of them are made of. Written by the command side, read by both sides; knows no formula.
 */
@NullMarked
package dev.papertape.eventstore.features;

import org.jspecify.annotations.NullMarked;
