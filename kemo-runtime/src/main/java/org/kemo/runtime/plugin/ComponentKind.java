package org.kemo.runtime.plugin;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.kemo.api.audio.AudioPreprocessor;
import org.kemo.api.audio.AudioPreprocessorFactory;
import org.kemo.api.audio.FeatureExtractor;
import org.kemo.api.audio.FeatureExtractorFactory;
import org.kemo.api.component.ComponentFactory;
import org.kemo.api.data.DatasetReader;
import org.kemo.api.data.DatasetReaderFactory;
import org.kemo.api.encoder.Encoder;
import org.kemo.api.encoder.EncoderFactory;
import org.kemo.api.fusion.FusionStrategy;
import org.kemo.api.fusion.FusionStrategyFactory;
import org.kemo.api.training.TrainingEngine;
import org.kemo.api.training.TrainingEngineFactory;
import org.kemo.api.transcriber.Transcriber;
import org.kemo.api.transcriber.TranscriberFactory;

/** The extension points, each with the interface of its factories and of what they make. */
public enum ComponentKind {
    /** Waveform to waveform. */
    PREPROCESSOR(AudioPreprocessorFactory.class, AudioPreprocessor.class),
    /** Waveform to features. */
    FEATURE(FeatureExtractorFactory.class, FeatureExtractor.class),
    /** Features, sound or text to encodings. */
    ENCODER(EncoderFactory.class, Encoder.class),
    /** Speech to text. */
    TRANSCRIBER(TranscriberFactory.class, Transcriber.class),
    /** Modalities to one prediction. */
    FUSION(FusionStrategyFactory.class, FusionStrategy.class),
    /** A place to utterances. */
    DATASET(DatasetReaderFactory.class, DatasetReader.class),
    /** A network and data to parameters. */
    TRAINING(TrainingEngineFactory.class, TrainingEngine.class);

    @SuppressWarnings("rawtypes")
    private final Class<? extends ComponentFactory> factory;

    private final Class<?> product;

    @SuppressWarnings("rawtypes")
    ComponentKind(Class<? extends ComponentFactory> factory, Class<?> product) {
        this.factory = factory;
        this.product = product;
    }

    /** The extension point: the interface of the factories. */
    @SuppressWarnings("rawtypes")
    public Class<? extends ComponentFactory> factory() {
        return factory;
    }

    /** Its name on the command line and in JSON: {@code preprocessor}, {@code feature}, ... */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind whose components are of this type, where there is one. */
    public static Optional<ComponentKind> ofProduct(Class<?> type) {
        return Arrays.stream(values()).filter(kind -> kind.product.equals(type)).findFirst();
    }
}
