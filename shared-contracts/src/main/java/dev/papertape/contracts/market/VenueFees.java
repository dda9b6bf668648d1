package dev.papertape.contracts.market;

/** Fees in basis points of notional; negative is a rebate. */
public record VenueFees(double makerBps, double takerBps) {}
