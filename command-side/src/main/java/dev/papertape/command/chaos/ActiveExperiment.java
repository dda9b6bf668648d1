package dev.papertape.command.chaos;

import dev.papertape.contracts.chaos.ChaosTarget;
import dev.papertape.contracts.chaos.ChaosType;

/** An experiment from the moment its fault is applied until it is finished. */
public record ActiveExperiment(String experimentId, ChaosType type, ChaosTarget target) {}
