package org.kemo.precomputed;

import org.kemo.api.component.Describe;
import org.kemo.api.data.DatasetReader;
import org.kemo.api.data.DatasetReaderFactory;
import org.pf4j.Extension;

/** Makes readers that add features from files. */
@Extension
@Describe(
        "Another data set with features that were computed elsewhere, a file for each utterance: NumPy's .npy (float32 or float64, [T, D]"
                + " or [D]), .csv or .tsv. For a table that names such files, see featureColumns of the reader manifest.")
final class PrecomputedReaderFactory implements DatasetReaderFactory<PrecomputedOptions> {
    @Override
    public String name() {
        return "precomputed";
    }

    @Override
    public Class<PrecomputedOptions> options() {
        return PrecomputedOptions.class;
    }

    @Override
    public DatasetReader create(PrecomputedOptions options) {
        return new PrecomputedReader(options);
    }
}
