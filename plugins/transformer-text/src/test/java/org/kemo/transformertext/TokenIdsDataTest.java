package org.kemo.transformertext;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kemo.api.testkit.TestData;
import org.kemo.runtime.checksum.Sha256;

/**
 * Token ids of 54,080 texts against Python's tokenizers: {@code tokens/make.py} among the resources made the sums and says what they
 * are of. It reads the DAIR-AI lines, KazSAnDRA and XLM-R's pieces where the environment variable KEMO_TEST_DATA leads to them.
 */
class TokenIdsDataTest {
    private static final List<String> DAIR_AI = List.of(
            "dair-emotion/train.txt", "dair-emotion/val.txt", "dair-emotion-kk/train.txt", "dair-emotion-kk/val.txt");

    private static final String KAZSANDRA = "kazsandra/04_pc_valid.csv";
    private static final int BLOCK = 500;
    private static final int LONG_WORD = 10_000;

    /** No text has as many tokens, so that none is cut. */
    private static final int UNCUT = 100_000;

    @TempDir
    private Path folder;

    @Test
    void idsOfMultilingualBertAreThoseOfTheReference() throws IOException {
        assertSame("mbert", MultilingualBert.file("tokenizer.json"), Optional.empty());
    }

    @Test
    void idsWithThePiecesOfXlmRobertaAreThoseOfTheReference() throws IOException {
        assertSame("xlm-r", assembled("xlm-r.json"), Optional.empty());
    }

    @Test
    void idsWithALanguageOfMbartAreThoseOfTheReference() throws IOException {
        assertSame("mbart", assembled("mbart.json"), Optional.of("kk_KZ"));
    }

    private void assertSame(String name, Path file, Optional<String> language) throws IOException {
        Map<String, List<String>> expected = sums(name);
        assertThat(List.of(Sha256.of(file)))
                .as("the sum of the file that the reference read")
                .isEqualTo(expected.get("tokenizer.json"));

        TextTokenizer tokenizer = TextTokenizer.open(file, UNCUT, language, folder);
        for (Map.Entry<String, List<String>> each : texts().entrySet()) {
            assertThat(sums(tokenizer, each.getValue())).as(each.getKey()).isEqualTo(expected.get(each.getKey()));
        }
    }

    private static List<String> sums(TextTokenizer tokenizer, List<String> texts) {
        List<String> sums = new ArrayList<>();
        for (int from = 0; from < texts.size(); from += BLOCK) {
            List<String> block = texts.subList(from, Math.min(from + BLOCK, texts.size()));
            sums.add(Sha256.of(tokenizer.ids(block).stream()
                    .map(ids -> LongStream.of(ids).mapToObj(Long::toString).collect(Collectors.joining(" ")) + "\n")
                    .collect(Collectors.joining())));
        }
        return sums;
    }

    private static Map<String, List<String>> sums(String name) throws IOException {
        Map<String, List<String>> sums = new LinkedHashMap<>();
        JsonParser.parseString(resource("sums.json"))
                .getAsJsonObject()
                .getAsJsonObject(name)
                .entrySet()
                .forEach(each -> sums.put(each.getKey(), strings(each.getValue())));
        return sums;
    }

    private static Map<String, List<String>> texts() throws IOException {
        Map<String, List<String>> texts = new LinkedHashMap<>();
        for (String file : DAIR_AI) {
            texts.put(
                    file,
                    lines(file).stream()
                            .map(line -> line.substring(0, line.lastIndexOf(';')))
                            .toList());
        }
        texts.put(KAZSANDRA, lines(KAZSANDRA));
        texts.put("generated", generated());
        return texts;
    }

    /** Lines as they stand, ended by a line feed. */
    private static List<String> lines(String file) throws IOException {
        return Arrays.asList(Files.readString(TestData.at(file), UTF_8).split("\n"));
    }

    /** Scripts, emoji, marks and whitespace in every mixture, then each of them until it is a word of 10,000 letters. */
    private static List<String> generated() throws IOException {
        List<String> fragments = strings(JsonParser.parseString(resource("fragments.json")));
        List<String> texts = new ArrayList<>();
        long state = 1;
        for (int number = 0; number < 1000; number++) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i <= number % 12; i++) {
                state = (state * 1_103_515_245 + 12_345) % (1L << 31);
                int pick = (int) (state >> 16);
                text.append(fragments.get(pick % fragments.size())).append(pick % 3 > 0 ? " " : "");
            }
            texts.add(text.toString());
        }
        for (String fragment : fragments) {
            texts.add(fragment.repeat(LONG_WORD / fragment.codePointCount(0, fragment.length())));
        }
        return texts;
    }

    /** A tokenizer.json with the pieces that XLM-R and mBART have in common. */
    private Path assembled(String name) throws IOException {
        Path pieces = TestData.at("../models/xlmr-tokenizer/pieces.tsv.gz");
        List<String> rows = new ArrayList<>();
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(new GZIPInputStream(Files.newInputStream(pieces)), UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String[] columns = line.split("\t");
                if (Integer.parseInt(columns[0]) <= 250_000) {
                    String piece = columns[1].replace("\\", "\\\\").replace("\"", "\\\"");
                    rows.add("[\"" + piece + "\"," + columns[2] + "]");
                }
            }
        }
        return Files.writeString(
                folder.resolve("tokenizer.json"), resource(name).replace("PIECES", String.join(",", rows)));
    }

    private static List<String> strings(JsonElement array) {
        List<String> strings = new ArrayList<>();
        array.getAsJsonArray().forEach(each -> strings.add(each.getAsString()));
        return strings;
    }

    private static String resource(String name) throws IOException {
        try (var in = TokenIdsDataTest.class.getResourceAsStream("tokens/" + name)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
