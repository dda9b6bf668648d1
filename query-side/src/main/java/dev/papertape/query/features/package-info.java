/**
 * Shows features: built-in values from the store, values from outside and parity runs from the log.
 * Folds the features' events; computes no feature.
 */
@NullMarked
package dev.papertape.query.features;

import org.jspecify.annotations.NullMarked;
