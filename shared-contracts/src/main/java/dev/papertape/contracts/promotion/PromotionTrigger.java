package dev.papertape.contracts.promotion;

/** Who had an alpha moved. */
public enum PromotionTrigger {
  GATES,
  OPERATOR
}
