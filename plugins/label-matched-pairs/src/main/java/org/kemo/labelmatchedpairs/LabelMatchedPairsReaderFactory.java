package org.kemo.labelmatchedpairs;

import org.kemo.api.component.Describe;
import org.kemo.api.data.DatasetReader;
import org.kemo.api.data.DatasetReaderFactory;
import org.pf4j.Extension;

/** Makes readers that pair by label. */
@Extension
@Describe(
        value =
                "Synthetic pairs: each clip with a random sentence of the same aligned label, one of the two spoiled at a rate,"
                        + " so that a fusion strategy learns whom to trust where no recordings with words are to be had.")
final class LabelMatchedPairsReaderFactory implements DatasetReaderFactory<PairsOptions> {
    @Override
    public String name() {
        return "label-matched-pairs";
    }

    @Override
    public Class<PairsOptions> options() {
        return PairsOptions.class;
    }

    @Override
    public DatasetReader create(PairsOptions options) {
        return new LabelMatchedPairsReader(options);
    }
}
