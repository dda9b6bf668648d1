package dev.papertape.command.market.book;

import dev.papertape.command.market.Integrity;
import dev.papertape.command.market.VenueInput.DepthDiff;

/** Coinbase Pro's level2: changes are taken as they come, and nothing is ever proved by them. */
enum UncheckedRule implements IntegrityRule {
  NO_PROOF;

  @Override
  public Verdict judge(Position at, DepthDiff diff) {
    return new Verdict.Unverifiable(
        diff.integrity() instanceof Integrity.Nothing nothing ? nothing.reason() : "no proof");
  }
}
