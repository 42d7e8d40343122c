package org.kemo.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.kemo.api.KemoException;
import tools.jackson.databind.json.JsonMapper;

class JsonOutputTest {
    private enum Mood {
        RATHER_CALM
    }

    private record Clip(String name, List<Double> scores, Optional<Integer> rank, Mood mood) {}

    @Test
    void writesRecordsAsObjectsInTheOrderOfTheirComponents() {
        assertThat(json(new Clip("Дауыс \"a\"", List.of(0.25, 1.0), Optional.empty(), Mood.RATHER_CALM)))
                .isEqualTo(
                        "{\"name\":\"Дауыс \\\"a\\\"\",\"scores\":[0.25,1.0],\"rank\":null,\"mood\":\"rather-calm\"}");
    }

    @Test
    void writesMapsListsAndAllSortsOfOptionals() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("list", List.of(1, 2L, 0.1f, true, new int[][] {{3}}));
        map.put("path", Path.of("/a/b"));
        map.put("none", OptionalDouble.empty());
        map.put("some", OptionalInt.of(4));
        map.put("text", Optional.of("x"));

        assertThat(json(map))
                .isEqualTo("{\"list\":[1,2,0.1,true,[[3]]],\"path\":\"/a/b\",\"none\":null,\"some\":4,\"text\":\"x\"}");
    }

    @Test
    void writesNullForWhatJsonHasNoNumberFor() {
        assertThat(json(new ArrayList<>(List.of(Double.NaN, Double.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY))))
                .isEqualTo("[null,null,null]");
    }

    @Test
    void writesAProblemWithItsRemedy() {
        assertThat(json(List.of(KemoException.input("The file [a.wav] is cut short.", "Copy it again."))))
                .isEqualTo("[{\"problem\":\"The file [a.wav] is cut short.\",\"remedy\":\"Copy it again.\"}]");
    }

    /** Parsed and printed by Jackson's data binding, which shares no code with what is tested. */
    private static String json(Object document) {
        StringWriter written = new StringWriter();
        JsonOutput.write(document, written);
        assertThat(written.toString()).endsWith(System.lineSeparator());
        return new JsonMapper().readTree(written.toString()).toString();
    }
}
