package org.kemo.prosody;

import org.kemo.api.audio.Waveform;

/**
 * Something like an [a] of 0.6 s whose pitch rises from 120 to 220 Hz: pulses and a little noise through two resonances, rounded to
 * 16 bits. Only additions, multiplications and roundings that every language does alike, so that other implementations
 * can be asked about the same samples.
 */
final class Vowel {
    private Vowel() {}

    static Waveform clip() {
        float[] samples = new float[9600];
        long state = 1;
        double phase = 0;
        double[] first = new double[2];
        double[] second = new double[2];
        for (int n = 0; n < samples.length; n++) {
            state = (state * 1103515245 + 12345) % (1L << 31);
            double excitation = 0.002 * ((state >> 8) / 4194304.0 - 1);
            phase += (120.0 + 100.0 * n / 9600.0) / 16000.0;
            if (phase >= 1) {
                phase -= 1;
                excitation += 0.1;
            }
            double output = resonate(resonate(excitation, 1.8945, 0.9691, first), 1.7078, 0.9577, second);
            samples[n] = (float) (Math.floor(output * 0.1 * 32768.0 + 0.5) / 32768.0);
        }
        return new Waveform(samples, 16_000);
    }

    private static double resonate(double input, double one, double two, double[] memory) {
        double output = input + one * memory[0] - two * memory[1];
        memory[1] = memory[0];
        memory[0] = output;
        return output;
    }
}
