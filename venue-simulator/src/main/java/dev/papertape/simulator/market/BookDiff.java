package dev.papertape.simulator.market;

import java.util.List;

/**
 * What changed in a book over a range of update ids: absolute quantities, 0 removes.
 *
 * @param firstUpdateId one above the previous diff's last
 * @param lastUpdateId the book's update id after it
 * @param bids best first
 * @param asks best first
 */
public record BookDiff(long firstUpdateId, long lastUpdateId, List<Level> bids, List<Level> asks) {}
