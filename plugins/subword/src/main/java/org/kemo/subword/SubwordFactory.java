package org.kemo.subword;

import org.kemo.api.component.Describe;
import org.kemo.api.encoder.Encoder;
import org.kemo.api.encoder.EncoderFactory;
import org.pf4j.Extension;

@Extension
@Describe(
        value =
                "Words made of hashed prefixes and suffixes, read by a bidirectional LSTM; trained from scratch, no vocabulary.",
        source = "Subword vectors by hashing: Bojanowski et al. (2017); hashing: FNV-1a, 32 bits")
final class SubwordFactory implements EncoderFactory<SubwordOptions> {
    @Override
    public String name() {
        return "subword";
    }

    @Override
    public Class<SubwordOptions> options() {
        return SubwordOptions.class;
    }

    @Override
    public Encoder create(SubwordOptions options) {
        return new SubwordEncoder(options);
    }

    @Override
    public int version() {
        return 2;
    }
}
