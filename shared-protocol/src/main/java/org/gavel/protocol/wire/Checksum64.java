package org.gavel.protocol.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A fast 64-bit checksum, chained by its seed. It finds corruption and divergence; it is no signature.
 * Eight bytes a step, each folded in by a 64x64 to 128 bit multiplication.
 */
public final class Checksum64 {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final long K0 = 0x9E3779B97F4A7C15L;
    private static final long K1 = 0xD1B54A32D192ED03L;

    private Checksum64() { }

    /** Checksum of bytes[offset..offset+length), chained to {@code seed}. */
    public static long of(long seed, byte[] bytes, int offset, int length) {
        long hash = mix(seed ^ K0, length ^ K1);
        int at = offset;
        int end = offset + length;
        for (; at + 8 <= end; at += 8) {
            hash = mix(hash ^ (long) LONGS.get(bytes, at), K0 + at - offset);
        }
        long tail = 0;
        for (; at < end; at++) {
            tail = tail << 8 | bytes[at] & 255;
        }
        return mix(hash ^ tail, K1);
    }

    private static long mix(long a, long b) {
        long folded = Math.multiplyHigh(a, b) ^ a * b;
        return folded ^ folded >>> 29 ^ a;
    }
}
