package org.example.logarithmicpool;

import org.kemo.api.KemoException;
import org.kemo.api.component.Option;

/** What a configuration may say beside the name. */
record LogarithmicPoolFusionOptions(
        @Option(
                value = "s, the largest exponent: 1 leaves a modality as sure as it is, more can make it surer",
                defaultValue = "2")
        double sharpest) {
    LogarithmicPoolFusionOptions {
        if (!(sharpest > 0 && Double.isFinite(sharpest))) {
            throw KemoException.configuration("The largest exponent is [" + sharpest + "].", "Give a number above 0.");
        }
    }
}
