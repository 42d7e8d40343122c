package org.kemo.mfcc;

/**
 * The cosine transform of log filter outputs with its lifter: {@code c[n] = (1 + L/2 sin(pi n / L)) sqrt(2/M) sum over j of m[j]
 * cos(pi n (j - 1/2) / M)} (HTK Book, eqs. 5.14 and 5.12). Holds a table only: safe for use by several threads at once.
 */
final class CepstralTransform {
    private final double[][] rows;
    private final double zeroth;

    CepstralTransform(int channels, int cepstra, double lifter) {
        this.zeroth = Math.sqrt(2.0 / channels);
        this.rows = new double[cepstra][channels];
        for (int n = 1; n <= cepstra; n++) {
            double gain = zeroth * (lifter == 0 ? 1 : 1 + lifter / 2 * Math.sin(Math.PI * n / lifter));
            for (int j = 0; j < channels; j++) {
                rows[n - 1][j] = gain * Math.cos(Math.PI * n * (j + 0.5) / channels);
            }
        }
    }

    /**
     * The coefficients from the first on.
     *
     * @param logarithms of the filter outputs, [M]
     * @param cepstra written from {@code offset} on
     */
    void apply(double[] logarithms, float[] cepstra, int offset) {
        for (int n = 0; n < rows.length; n++) {
            double sum = 0;
            for (int j = 0; j < logarithms.length; j++) {
                sum += rows[n][j] * logarithms[j];
            }
            cepstra[offset + n] = (float) sum;
        }
    }

    /** The zeroth coefficient (HTK Book, eq. 5.14 with n = 0). */
    double zeroth(double[] logarithms) {
        double sum = 0;
        for (double value : logarithms) {
            sum += value;
        }
        return zeroth * sum;
    }
}
