package dev.papertape.contracts.market;

/** A closed bar of one symbol at one venue. */
public record Candle(Venue venue, Symbol symbol, CandleInterval interval, Bar bar) {}
