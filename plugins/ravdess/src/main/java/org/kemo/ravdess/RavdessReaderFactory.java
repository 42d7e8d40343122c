package org.kemo.ravdess;

import org.kemo.api.component.Describe;
import org.kemo.api.data.DatasetReader;
import org.kemo.api.data.DatasetReaderFactory;
import org.pf4j.Extension;

/** Makes readers of RAVDESS. */
@Extension
@Describe(
        value = "The speech clips of RAVDESS: eight emotions, 24 actors; label and speaker from the file names.",
        source = "Livingstone and Russo, 2018: The Ryerson Audio-Visual Database of Emotional Speech and Song;"
                + " CC BY-NC-SA 4.0")
final class RavdessReaderFactory implements DatasetReaderFactory<RavdessOptions> {
    @Override
    public String name() {
        return "ravdess";
    }

    @Override
    public Class<RavdessOptions> options() {
        return RavdessOptions.class;
    }

    @Override
    public DatasetReader create(RavdessOptions options) {
        return new RavdessReader(options);
    }
}
