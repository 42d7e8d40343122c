package org.kemo.runtime.configuration;

import java.io.StringWriter;
import java.util.regex.Pattern;
import org.kemo.runtime.configuration.Node.Listing;
import org.kemo.runtime.configuration.Node.Mapping;
import org.kemo.runtime.configuration.Node.Scalar;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;
import tools.jackson.dataformat.yaml.util.StringQuotingChecker;

/** Writes a tree as YAML. A text that could be taken for anything else is put in quotes. */
final class YamlText {
    /** Begins with a letter, so it is no number; holds no colon, hash or bracket that YAML would read. */
    private static final Pattern PLAIN =
            Pattern.compile("[\\p{L}/$][\\p{L}\\p{N}_./{}$+-]*(?: [\\p{L}\\p{N}_./()-]+)*");

    String write(Mapping tree) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = YAMLFactory.builder()
                .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
                .disable(YAMLWriteFeature.SPLIT_LINES)
                .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
                .enable(YAMLWriteFeature.INDENT_ARRAYS_WITH_INDICATOR)
                .stringQuotingChecker(new Careful())
                .build()
                .createGenerator(ObjectWriteContext.empty(), text)) {
            write(tree, generator);
        }
        return text.toString();
    }

    private static void write(Node node, JsonGenerator generator) {
        if (node instanceof Mapping mapping) {
            generator.writeStartObject();
            mapping.entries().forEach((key, entry) -> {
                generator.writeName(key);
                write(entry.value(), generator);
            });
            generator.writeEndObject();
        } else if (node instanceof Listing list) {
            generator.writeStartArray();
            list.elements().forEach(element -> write(element, generator));
            generator.writeEndArray();
        } else {
            write((Scalar) node, generator);
        }
    }

    private static void write(Scalar scalar, JsonGenerator generator) {
        if (scalar.reference().isPresent()) {
            generator.writeString(scalar.reference().get());
        } else if (scalar.is(Scalar.Kind.TEXT) || scalar.is(Scalar.Kind.PATH)) {
            generator.writeString(scalar.text().replace("${", "$${"));
        } else {
            // Numbers as they were written, 1e-8 and not 0.00000001.
            generator.writeNumber(scalar.text());
        }
    }

    private static final class Careful extends StringQuotingChecker {
        private static final long serialVersionUID = 1;

        @Override
        public boolean needToQuoteName(String name) {
            return needToQuoteValue(name);
        }

        @Override
        public boolean needToQuoteValue(String value) {
            return !PLAIN.matcher(value).matches() || isReservedKeyword(value);
        }
    }
}
