package org.kemo.tfidf;

import org.kemo.api.component.Describe;
import org.kemo.api.encoder.Encoder;
import org.kemo.api.encoder.EncoderFactory;
import org.pf4j.Extension;

@Extension
@Describe(
        value =
                "Counts of words and word n-grams, weighted by how few training texts have them, under a linear model: a floor"
                        + " for encoders of text.",
        source = "Sparck Jones (1972); smoothed as scikit-learn's TfidfVectorizer; buckets: Weinberger et al. (2009)")
final class TfIdfFactory implements EncoderFactory<TfIdfOptions> {
    @Override
    public String name() {
        return "tf-idf";
    }

    @Override
    public Class<TfIdfOptions> options() {
        return TfIdfOptions.class;
    }

    @Override
    public Encoder create(TfIdfOptions options) {
        return new TfIdfEncoder(options);
    }
}
