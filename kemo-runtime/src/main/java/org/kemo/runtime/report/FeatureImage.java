package org.kemo.runtime.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Base64;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.kemo.api.network.FloatTensor;

/** Features [T, D] as a small picture: time from left to right, one row a feature, each in its own range. */
final class FeatureImage {
    private FeatureImage() {}

    /** The picture as a {@code data:} address. */
    static String dataAddress(FloatTensor features) {
        int frames = features.size(0);
        int width = features.size(1);
        BufferedImage image = new BufferedImage(frames, width, BufferedImage.TYPE_INT_RGB);
        for (int d = 0; d < width; d++) {
            float[] row = new float[frames];
            for (int t = 0; t < frames; t++) {
                row[t] = features.at(t, d);
            }
            float[] sorted = row.clone();
            Arrays.sort(sorted);
            // Between the 2nd and the 98th percentile, so that one click does not darken the rest.
            float low = sorted[frames * 2 / 100];
            float high = sorted[Math.max(0, frames * 98 / 100 - (frames * 98 % 100 == 0 ? 1 : 0))];
            for (int t = 0; t < frames; t++) {
                double share = high > low ? (row[t] - low) / (high - low) : 0.5;
                image.setRGB(t, width - 1 - d, Palette.colour(share));
            }
        }
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png(image));
    }

    /** A picture as PNG, made in memory: a folder for temporary files, which may be full, has no part in it. */
    static byte[] png(BufferedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
