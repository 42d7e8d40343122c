package org.kemo.runtime.store;

import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.kemo.api.KemoException;

/**
 * How a model hub is asked, by the environment variables that its users have already.
 *
 * @param endpoint of its interface, {@code HF_ENDPOINT}
 * @param token {@code HF_TOKEN}; goes to the endpoint and nowhere else
 * @param offline {@code HF_HUB_OFFLINE}: nothing is asked
 * @param cache what other programs have fetched: {@code HF_HUB_CACHE}, or {@code hub} in {@code HF_HOME} or in {@code huggingface}
 *     among the user's caches; made absolute
 */
public record HubSettings(URI endpoint, Optional<String> token, boolean offline, Path cache) {
    private static final String DEFAULT_ENDPOINT = "https://huggingface.co";

    /** Makes the cache's path absolute: what is found there is named by it, in a record that lies elsewhere. */
    public HubSettings {
        cache = cache.toAbsolutePath();
    }

    /**
     * Reads them.
     *
     * @param variables {@link System#getenv()}
     * @param userCaches the folder of the user's caches
     * @throws KemoException category CONFIGURATION, where the endpoint is no address or holds a password, or the token is none that can be
     *     sent
     */
    public static HubSettings of(Map<String, String> variables, Path userCaches) {
        Path home = Path.of(given("HF_HOME", variables)
                .orElse(userCaches.resolve("huggingface").toString()));
        return new HubSettings(
                endpoint(given("HF_ENDPOINT", variables).orElse(DEFAULT_ENDPOINT)),
                given("HF_TOKEN", variables).map(HubSettings::token),
                given("HF_HUB_OFFLINE", variables)
                        .filter(value -> value.matches("(?i)1|true|yes|on"))
                        .isPresent(),
                given("HF_HUB_CACHE", variables).map(Path::of).orElse(home.resolve("hub")));
    }

    private static Optional<String> given(String variable, Map<String, String> variables) {
        return Optional.ofNullable(variables.get(variable)).map(String::strip).filter(value -> !value.isEmpty());
    }

    private static URI endpoint(String address) {
        try {
            URI uri = URI.create(address.replaceFirst("/+$", ""));
            boolean usable = uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && String.valueOf(uri.getScheme()).matches("https?");
            if (usable) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Its message shows the whole.
            throw noAddress(address);
        }
        throw noAddress(address);
    }

    /** The JDK's client shows a header that it refuses. */
    private static String token(String token) {
        int[] characters = token.codePoints().toArray();
        for (int i = 0; i < characters.length; i++) {
            if (characters[i] <= ' ' || characters[i] > '~') {
                throw KemoException.configuration(
                        String.format(
                                Locale.ROOT,
                                "HF_TOKEN is no token: its character [%d] is [U+%04X].",
                                i + 1,
                                characters[i]),
                        "Write letters, digits and signs of ASCII without blanks, as the hub shows it.");
            }
        }
        return token;
    }

    /** What may hold a password is not shown. */
    private static KemoException noAddress(String address) {
        return address.contains("@")
                ? KemoException.configuration(
                        "HF_ENDPOINT is no address of a hub: it has an [@], and a name and password before one"
                                + " are never sent.",
                        "Write [https://HOST], and set HF_TOKEN to a token.")
                : KemoException.configuration(
                        "HF_ENDPOINT is [" + address + "], which is no address.",
                        "Write [https://HOST], or leave it unset.");
    }

    /** Without the token: errors and logs print it. */
    @Override
    public String toString() {
        return "HubSettings[endpoint=" + endpoint + ", offline=" + offline + ", cache=" + cache + "]";
    }
}
