package org.gavel.protocol.election;

/**
 * Times of an election, in ms (protocol.md section 6).
 *
 * @param hopResendMs   an unacknowledged hop is sent again after this
 * @param hopResendsMax after so many resends the successor is skipped
 * @param noResultMs    without nomination or Elected for this long: again with epoch + 1
 * @param takeOverMs    a nominee that does not serve within this: again with epoch + 1
 * @param jitterMs      random wait of 0 to this before such a restart, so that members do not restart in step
 */
public record ElectionSettings(long hopResendMs, int hopResendsMax, long noResultMs, long takeOverMs, long jitterMs) {
    public static final ElectionSettings DEFAULT = new ElectionSettings(50, 3, 1_000, 2_000, 100);
}
