package org.kemo.runtime.checksum;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kemo.api.Modality;
import org.kemo.api.audio.Waveform;
import org.kemo.api.data.Perturbation;
import org.kemo.api.data.Source;
import org.kemo.api.data.Split;
import org.kemo.api.data.Utterance;
import org.kemo.api.network.FloatTensor;

class UtteranceContentTest {
    private static final Modality AUDIO = Modality.of("audio");
    private static final Modality TEXT = Modality.of("text");

    private final FileSums sums = FileSums.inMemory();

    @TempDir
    private Path folder;

    @Test
    void tellsAnyTwoSourcesOfOneIdAndLabelApart() throws IOException {
        Source.AudioFile clip = Source.AudioFile.of(Files.writeString(folder.resolve("clip.wav"), "a"));
        List<Source> different = List.of(
                new Source.Text("жақсы"),
                new Source.Text("good"),
                clip,
                Source.AudioFile.of(Files.writeString(folder.resolve("other.wav"), "b")),
                Source.AudioFile.of(folder.resolve("absent.wav")),
                clip.then(new Louder(2)),
                clip.then(new Louder(3)),
                new Source.Sound(new Waveform(new float[] {0, 1}, 8000)),
                new Source.Sound(new Waveform(new float[] {0, 1}, 16_000)),
                new Source.Sound(new Waveform(new float[] {0, 2}, 8000)),
                new Source.Features(FloatTensor.of(new float[] {0, 1}, 1, 2)),
                new Source.Features(FloatTensor.of(new float[] {0, 1}, 2, 1)),
                new Source.Features(FloatTensor.of(new float[] {0, 2}, 1, 2)));

        assertThat(Stream.concat(
                        Stream.of(content(Map.of())), different.stream().map(source -> content(Map.of(AUDIO, source)))))
                .doesNotHaveDuplicates();
    }

    @Test
    void isThatOfTheFileAndNotItsName() throws IOException {
        Path first = Files.writeString(folder.resolve("first.wav"), "a");
        Path second = Files.writeString(folder.resolve("second.wav"), "a");
        String before = content(Map.of(AUDIO, Source.AudioFile.of(first)));

        assertThat(content(Map.of(AUDIO, Source.AudioFile.of(second)))).isEqualTo(before);
        Files.writeString(first, "corrected");
        assertThat(content(Map.of(AUDIO, Source.AudioFile.of(first)))).isNotEqualTo(before);
    }

    @Test
    void doesNotDependOnTheOrderOfTheModalities() {
        Map<Modality, Source> turned = new LinkedHashMap<>();
        turned.put(TEXT, new Source.Text("b"));
        turned.put(AUDIO, new Source.Text("a"));
        Map<Modality, Source> sources = new LinkedHashMap<>();
        sources.put(AUDIO, new Source.Text("a"));
        sources.put(TEXT, new Source.Text("b"));

        assertThat(content(turned)).isEqualTo(content(sources));
    }

    private String content(Map<Modality, Source> sources) {
        return UtteranceContent.of(
                new Utterance("one", sources, Optional.of("sad"), Optional.empty(), Split.TEST), sums);
    }

    private record Louder(int factor) implements Perturbation {
        @Override
        public Waveform apply(Waveform waveform) {
            return waveform;
        }

        @Override
        public String fingerprint() {
            return "louder " + factor;
        }
    }
}
