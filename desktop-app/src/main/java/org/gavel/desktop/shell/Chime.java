package org.gavel.desktop.shell;

import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.SourceDataLine;

/** A short tone for those who want to hear notifications. A machine without sound stays silent. */
final class Chime {
    private static final float RATE = 22_050;
    private static final int MS = 140;
    private static final double HERTZ = 660;
    private static final double LOUDNESS = 40;

    private Chime() { }

    /** Returns at once; plays on a thread of its own. */
    static void play() {
        Thread player = new Thread(Chime::sound, "chime");
        player.setDaemon(true);
        player.start();
    }

    private static void sound() {
        AudioFormat format = new AudioFormat(RATE, 8, 1, true, false);
        byte[] wave = new byte[(int) (RATE * MS / 1_000)];
        for (int i = 0; i < wave.length; i++) {
            double fade = 1 - i / (double) wave.length;
            wave[i] = (byte) (Math.sin(2 * Math.PI * HERTZ * i / RATE) * LOUDNESS * fade);
        }
        try (SourceDataLine line = AudioSystem.getSourceDataLine(format)) {
            line.open(format);
            line.start();
            line.write(wave, 0, wave.length);
            line.drain();
        } catch (LineUnavailableException | IllegalArgumentException e) {
            System.getLogger(Chime.class.getName()).log(System.Logger.Level.DEBUG, "no sound on this machine", e);
        }
    }
}
