package org.kemo.manifest;

import org.kemo.api.component.Describe;
import org.kemo.api.data.DatasetReader;
import org.kemo.api.data.DatasetReaderFactory;
import org.pf4j.Extension;

/** Makes readers of manifests. */
@Extension
@Describe("A table of utterances: CSV with a header or JSON Lines, with columns id, audio, text, label, speaker, split"
        + " and files of features computed elsewhere.")
final class ManifestReaderFactory implements DatasetReaderFactory<ManifestOptions> {
    @Override
    public String name() {
        return "manifest";
    }

    @Override
    public Class<ManifestOptions> options() {
        return ManifestOptions.class;
    }

    @Override
    public DatasetReader create(ManifestOptions options) {
        return new ManifestReader(options);
    }
}
