package org.gavel.node.simulation.check;

/** One auction as the checks know it. */
record AuctionRecord(String auctionId, GroupKey key, CommittedLog log, AuctionModel model) { }
