package org.kemo.transformertext;

import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.kemo.api.service.ModelFiles;

/**
 * The tokenizers in use by the encoders of one plugin, of which each is loaded once: that of XLM-R takes a second or two, and half a
 * gigabyte that Java knows nothing of. One that nobody holds any more may go. Safe for use by several threads at once.
 */
final class SharedTokenizers {
    private final ModelFiles files;

    /** Guarded by this. */
    private final Map<Key, WeakReference<TextTokenizer>> open = new HashMap<>();

    SharedTokenizers(ModelFiles files) {
        this.files = files;
    }

    /**
     * What tells tokenizers apart.
     *
     * @param sum of the file
     * @param maxTokens at which texts are cut
     * @param language that takes the place of the tokenizer's
     */
    private record Key(String sum, int maxTokens, Optional<String> language) {}

    /**
     * A tokenizer, as {@link TextTokenizer#open} has it.
     *
     * @throws org.kemo.api.KemoException category PLUGIN, where it cannot be used
     */
    synchronized TextTokenizer open(Path file, int maxTokens, Optional<String> language) {
        open.values().removeIf(tokenizer -> tokenizer.refersTo(null));
        Key key = new Key(files.sha256(file), maxTokens, language);
        return Optional.ofNullable(open.get(key)).map(WeakReference::get).orElseGet(() -> {
            TextTokenizer opened = TextTokenizer.open(file, maxTokens, language, files.scratch("tokenizers"));
            open.put(key, new WeakReference<>(opened));
            return opened;
        });
    }
}
