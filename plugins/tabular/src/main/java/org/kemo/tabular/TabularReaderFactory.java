package org.kemo.tabular;

import org.kemo.api.component.Describe;
import org.kemo.api.data.DatasetReader;
import org.kemo.api.data.DatasetReaderFactory;
import org.pf4j.Extension;

/** Makes readers of tables of features. */
@Extension
@Describe(
        "Tables of features that were computed elsewhere: CSV or TSV with a header, one utterance a row, with the columns of one or"
                + " more modalities and those of id, label, group and split.")
final class TabularReaderFactory implements DatasetReaderFactory<TabularOptions> {
    @Override
    public String name() {
        return "tabular";
    }

    @Override
    public Class<TabularOptions> options() {
        return TabularOptions.class;
    }

    @Override
    public DatasetReader create(TabularOptions options) {
        return new TabularReader(options);
    }

    @Override
    public int version() {
        return 2;
    }
}
