package org.kemo.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelReferenceTest {
    @ParameterizedTest
    @CsvSource({
        "hf:a/b, hf/a/b/main",
        "hf:a/b@refs/pr/1, hf/a/b/refs~pr~1",
        "mvn:g:a:1, mvn/g/a/1",
        "mvn:g:a:1::jar, mvn/g/a/1",
        "mvn:g:a:1:x, mvn/g/a/1~x",
        "mvn:g:a:1:x:zip, mvn/g/a/1~x~zip",
        "mvn:g:a:1::zip, mvn/g/a/1~~zip"
    })
    void hasAPlaceThatCanBeReadByAPerson(String reference, String place) {
        assertThat(place(reference)).isEqualTo(place);
    }

    @Test
    void hasAPlaceOfItsOwn() {
        List<String> references = List.of(
                "hf:a/b@refs/pr/1",
                "hf:a/b@refs--pr--1",
                "hf:a/b@refs-pr-1",
                "mvn:g:a:1",
                "mvn:g:a:1-x",
                "mvn:g:a:1:x",
                "mvn:g:a:1.zip",
                "mvn:g:a:1::zip",
                "mvn:g:a:1:zip",
                "mvn:g:a:1:x:zip",
                "mvn:g:a:1:x.zip",
                "https://h.example/a",
                "https://h.example/a?b");

        assertThat(references).map(ModelReferenceTest::place).doesNotHaveDuplicates();
    }

    private static String place(String reference) {
        return ((ModelReference.Remote) ModelReference.parse(reference)).place();
    }
}
