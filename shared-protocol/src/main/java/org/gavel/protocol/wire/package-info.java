/**
 * What travels and how it is spelled. Purpose: turn messages into bytes and back, and bytes of anyone else into a sentence.
 * <p>Source: protocol.md sections 2, 4 (other cluster, other version) and 14.
 * <p>Messages: all of them; {@link org.gavel.protocol.wire.Message} is the vocabulary, {@link org.gavel.protocol.wire.MessageType} its
 * numbers. A message is JSON in a binary frame ({@link org.gavel.protocol.wire.MessageCodec}), log entries and command bodies behind it as
 * they are; frames stand in datagrams behind a {@link org.gavel.protocol.wire.DatagramHeader}.
 * <p>States: none.
 * <p>Invariants: a datagram with any one bit changed is dropped by its checksum; decode(encode(m)) equals m; an entry's bytes are never re-encoded; whatever the bytes, decoding ends with a message or a
 * {@link org.gavel.protocol.wire.MalformedException}; a refusal is never answered.
 * <p>Limits: datagram 1,350 bytes; message 1 MiB of payload and 64 KiB around it; JSON nesting 255; of JSON read of late 64 texts of at most 1,024 bytes are remembered, of JSON written the last of each type.
 * <p>Sealing (not part of this version) has its place: flag and layout in {@link org.gavel.protocol.wire.DatagramHeader}.
 * <p>Tested in {@code MessageCodecTest}, {@code DatagramCodecTest}, {@code CodecFuzzTest}.
 */
package org.gavel.protocol.wire;
