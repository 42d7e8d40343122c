package org.kemo.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Small data sets that are laid out as the real ones and easy to learn: a pitch and some words for each class. */
final class ToyData {
    private static final Wav SOUND = new Wav(16_000, 16);
    private static final int RAVDESS_ACTORS = 24;
    private static final int RAVDESS_EMOTIONS = 8;
    private static final List<String> DAIR_LABELS = List.of("sadness", "joy", "love", "anger", "fear", "surprise");

    private ToyData() {}

    /** {@code ravdess16k}, {@code dair-emotion} and {@code dair-emotion-kk}: what KEMO_DATA holds for the small model. */
    static void ofTheSmallModel(Path folder) throws IOException {
        for (int actor = 1; actor <= RAVDESS_ACTORS; actor++) {
            for (int emotion = 1; emotion <= RAVDESS_EMOTIONS; emotion++) {
                SOUND.write(
                        folder.resolve(String.format(
                                Locale.ROOT,
                                "ravdess16k/Actor_%02d/03-01-%02d-01-01-01-%02d.wav",
                                actor,
                                emotion,
                                actor)),
                        SOUND.tone(100 + 60 * emotion + actor, 0.3));
            }
        }
        for (String set : List.of("dair-emotion", "dair-emotion-kk")) {
            for (String part : List.of("train", "val")) {
                Files.createDirectories(folder.resolve(set));
                Files.write(
                        folder.resolve(set).resolve(part + ".txt"),
                        IntStream.range(0, 4)
                                .boxed()
                                .flatMap(n -> DAIR_LABELS.stream()
                                        .map(label -> "i feel " + label + "ish " + set + part + n + ";" + label))
                                .toList());
            }
        }
    }

    /**
     * A manifest {@code toy.csv} of clips with their words, in the classes {@code low}, {@code middle} and {@code high}; every fourth
     * is for validation.
     *
     * @param clips in each class
     */
    static Path tones(Path folder, int clips) throws IOException {
        Random random = new Random(1);
        List<String> lines = IntStream.range(0, clips)
                .boxed()
                .flatMap(n -> Stream.of("low", "middle", "high")
                        .map(label -> String.join(
                                ",",
                                label + n,
                                label + n + ".wav",
                                words(label, random),
                                label,
                                n % 4 == 3 ? "validation" : "train")))
                .toList();
        for (int n = 0; n < clips; n++) {
            SOUND.write(folder.resolve("low" + n + ".wav"), tone(150, random));
            SOUND.write(folder.resolve("middle" + n + ".wav"), tone(300, random));
            SOUND.write(folder.resolve("high" + n + ".wav"), tone(600, random));
        }
        return Files.write(
                folder.resolve("toy.csv"),
                Stream.concat(Stream.of("id,audio,text,label,split"), lines.stream())
                        .toList());
    }

    private static double[] tone(double pitch, Random random) {
        return SOUND.tone(pitch * (0.9 + 0.2 * random.nextDouble()), 0.2 + 0.2 * random.nextDouble());
    }

    /** Made up: a stem for the class between others that say nothing. */
    private static String words(String label, Random random) {
        List<String> filler = List.of("бала", "үйде", "тұр", "тау", "жол");
        return filler.get(random.nextInt(5)) + " " + label + "дымын " + filler.get(random.nextInt(5));
    }
}
