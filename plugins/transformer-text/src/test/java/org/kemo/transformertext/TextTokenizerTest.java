package org.kemo.transformertext;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class TextTokenizerTest {
    /** Of en_XX, which the tokenizer puts at the end, and of kk_KZ. */
    private static final long ENGLISH = 4;

    private static final long KAZAKH = 5;

    /** Of &lt;/s&gt;, which the tokenizer puts behind every text. */
    private static final long END = 2;

    @TempDir
    private Path folder;

    @RegisterExtension
    private final Host host = new Host();

    @Test
    void leavesTheNameOfALanguageInsideATextAsItIs() throws IOException {
        Path file = Tiny.copy("mbart", folder).resolve("tokenizer.json");
        TextTokenizer tokenizer = TextTokenizer.open(file, 64, Optional.of("kk_KZ"), folder);

        long[] ids = tokenizer.ids(List.of("en_XX one")).get(0);

        assertThat(ids).startsWith(ENGLISH).endsWith(KAZAKH);
    }

    @Test
    void putsTheLanguageFirstWhereTheTokenizerDoes() throws IOException {
        Path file = Tiny.languageFirst(Tiny.copy("mbart", folder));
        TextTokenizer tokenizer = TextTokenizer.open(file, 64, Optional.of("kk_KZ"), folder);

        long[] ids = tokenizer.ids(List.of("en_XX one")).get(0);

        assertThat(ids).startsWith(KAZAKH, ENGLISH).endsWith(END);
    }

    @Test
    void isSharedByAllThatReadTheSameFileInTheSameWay() throws IOException {
        TextTransformers transformers = host.transformers();
        String one = "file:" + Tiny.copy("mbart", folder.resolve("a"));
        String same = "file:" + Tiny.copy("mbart", folder.resolve("b"));
        TextTokenizer tokenizer =
                transformers.parts(model(one, 0, Optional.empty())).tokenizer();

        assertThat(transformers.parts(model(one, 0, Optional.empty())).tokenizer())
                .isSameAs(tokenizer);
        assertThat(transformers.parts(model(same, 64, Optional.empty())).tokenizer())
                .isSameAs(tokenizer);
        assertThat(transformers.parts(model(one, 32, Optional.empty())).tokenizer())
                .isNotSameAs(tokenizer);
        assertThat(transformers.parts(model(one, 0, Optional.of("kk_KZ"))).tokenizer())
                .isNotSameAs(tokenizer);
    }

    private static TextModel model(String reference, int maxTokens, Optional<String> language) {
        return new TextModel(reference, Pooling.MEAN, false, false, maxTokens, language, Tiny.usage(Output.POOLED));
    }
}
