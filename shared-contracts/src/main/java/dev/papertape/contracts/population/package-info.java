/**
 * Population based training: populations of one alpha's parameter sets, what each generation did,
 * and the lineage that follows from it. Written by the population aggregates and the engine; read
 * by lineage and promotion. Never trades.
 */
@NullMarked
package dev.papertape.contracts.population;

import org.jspecify.annotations.NullMarked;
