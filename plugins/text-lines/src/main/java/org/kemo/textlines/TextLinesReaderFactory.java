package org.kemo.textlines;

import org.kemo.api.component.Describe;
import org.kemo.api.data.DatasetReader;
import org.kemo.api.data.DatasetReaderFactory;
import org.pf4j.Extension;

/** Makes readers of text and label lines. */
@Extension
@Describe(
        value = "Lines of text and label, such as \"i feel calm;joy\", from one or several files.",
        source = "The format of the DAIR-AI emotion data set (Saravia et al., 2018)")
final class TextLinesReaderFactory implements DatasetReaderFactory<TextLinesOptions> {
    @Override
    public String name() {
        return "text-lines";
    }

    @Override
    public Class<TextLinesOptions> options() {
        return TextLinesOptions.class;
    }

    @Override
    public DatasetReader create(TextLinesOptions options) {
        return new TextLinesReader(options);
    }
}
