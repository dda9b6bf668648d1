package dev.papertape.command.market.book;

import dev.papertape.command.market.Scale;

class NaiveOrderBookTest extends OrderBookContract {
  @Override
  LevelBook empty(Scale scale) {
    return new NaiveOrderBook(scale);
  }
}
