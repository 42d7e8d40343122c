package org.kemo.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kemo.api.KemoException;

class HubSettingsTest {
    private static final Path CACHES = Path.of("/caches");

    @Test
    void findsTheCacheFromTheWorkingFolder() {
        Path here = Path.of("").toAbsolutePath();

        assertThat(HubSettings.of(Map.of("HF_HOME", "home"), CACHES).cache()).isEqualTo(here.resolve("home/hub"));
        assertThat(HubSettings.of(Map.of("HF_HUB_CACHE", "cache"), CACHES).cache())
                .isEqualTo(here.resolve("cache"));
        assertThat(HubSettings.of(Map.of(), CACHES).cache()).isEqualTo(Path.of("/caches/huggingface/hub"));
    }

    @Test
    void takesATokenWithoutTheBlanksAroundIt() {
        assertThat(HubSettings.of(Map.of("HF_TOKEN", " hf_Secret-1\n"), CACHES).token())
                .contains("hf_Secret-1");
    }

    @ParameterizedTest
    @CsvSource({"1, true", "true, true", "YES, true", "On, true", "0, false", "no, false", "10, false", "'', false"})
    void isOfflineWhereTheHubsOwnLibraryWouldBe(String value, boolean offline) {
        assertThat(HubSettings.of(Map.of("HF_HUB_OFFLINE", value), CACHES).offline())
                .isEqualTo(offline);
        assertThat(HubSettings.of(Map.of(), CACHES).offline()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"'hf_\nsecret', 4, U+000A", "'hf_ secret', 4, U+0020", "“secret”, 1, U+201C", "secret\u007f, 7, U+007F"
    })
    void refusesATokenThatCannotBeSentAndDoesNotShowIt(String token, int position, String character) {
        assertThatThrownBy(() -> HubSettings.of(Map.of("HF_TOKEN", token), CACHES))
                .isInstanceOfSatisfying(KemoException.class, e -> assertThat(e.category())
                        .isEqualTo(KemoException.Category.CONFIGURATION))
                .hasMessageContaining("HF_TOKEN")
                .hasMessageContaining("[" + position + "] is [" + character + "]")
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://user:secret@models.example",
                "https://secret@models.example/hub/",
                "https://user:sec|ret@models.example",
                "https://user:secret@models_example",
                "user:secret@models.example"
            })
    void refusesAnEndpointWithAPasswordAndDoesNotShowIt(String endpoint) {
        assertThatThrownBy(() -> HubSettings.of(Map.of("HF_ENDPOINT", endpoint), CACHES))
                .isInstanceOfSatisfying(KemoException.class, e -> assertThat(e.category())
                        .isEqualTo(KemoException.Category.CONFIGURATION))
                .hasMessageContaining("HF_ENDPOINT")
                .hasMessageContaining("set HF_TOKEN")
                .hasMessageNotContaining("ret@")
                .hasNoCause();
    }

    @Test
    void takesAnEndpointWithAPathAndAPort() {
        assertThat(HubSettings.of(Map.of("HF_ENDPOINT", "http://models.example:8080/@hub/"), CACHES)
                        .endpoint())
                .hasToString("http://models.example:8080/@hub");
        assertThatThrownBy(() -> HubSettings.of(Map.of("HF_ENDPOINT", "models.example"), CACHES))
                .hasMessageContaining("HF_ENDPOINT is [models.example], which is no address");
    }
}
