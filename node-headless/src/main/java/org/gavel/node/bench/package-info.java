/**
 * The benchmark. Purpose: how many bids a second, how long a bid takes, what it costs in CPU, and how long an auction is without its active
 * after kill -9; all on one machine over real UDP, by the public client alone.
 * <p>Source: Gil Tene's HdrHistogram for latencies; docs/BENCHMARKS.md says how the figures are to be read. Messages: none of its own.
 * <p>States: start, warm-up, one measurement a depth, kills; {@link org.gavel.node.bench.Bench} runs them in this order.
 * <p>Invariants: closed loop: so many bids are under way at any time, the next one leaves when one is answered; every bid is a valid raise, so that any
 * rejection is reported as a fault.
 * <p>Limits: depth at most 1,024, a session's own. Tested by being run; its figures are no test.
 */
package org.gavel.node.bench;
