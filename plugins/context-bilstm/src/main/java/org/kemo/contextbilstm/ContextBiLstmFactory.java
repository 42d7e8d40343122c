package org.kemo.contextbilstm;

import org.kemo.api.component.Describe;
import org.kemo.api.encoder.Encoder;
import org.kemo.api.encoder.EncoderFactory;
import org.pf4j.Extension;

@Extension
@Describe(
        value =
                "An LSTM over the utterances of a video or dialogue in their order, answering for the one that the last column of the"
                        + " features marks; the reader tabular gives such features with {context: group}.",
        source =
                "bc-LSTM and sc-LSTM of Poria et al. (2017), Context-Dependent Sentiment Analysis in User-Generated Videos")
final class ContextBiLstmFactory implements EncoderFactory<ContextBiLstmOptions> {
    @Override
    public String name() {
        return "context-bilstm";
    }

    @Override
    public Class<ContextBiLstmOptions> options() {
        return ContextBiLstmOptions.class;
    }

    @Override
    public Encoder create(ContextBiLstmOptions options) {
        return new ContextBiLstm(options);
    }
}
