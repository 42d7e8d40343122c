/**
 * Transformers that encode text, from the files that their authors published. Plugins for single models build on {@link
 * org.kemo.transformertext.TextTransformers}.
 */
module org.kemo.transformertext {
    requires transitive org.kemo.api;
    requires ai.djl.tokenizers;
    requires ai.djl.api;
    requires com.google.gson;

    exports org.kemo.transformertext;
}
