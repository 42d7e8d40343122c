package org.kemo.runtime.store;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kemo.api.KemoException;
import org.kemo.runtime.store.download.Credential;
import org.kemo.runtime.store.download.Source;
import org.kemo.runtime.store.download.Web;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks a hub what a repository holds. */
final class HubListing {
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    private static final Pattern NEXT = Pattern.compile("<(?<uri>[^>]+)>\\s*;\\s*rel=\"next\"");
    private static final int MOST_PAGES = 100;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Web web;
    private final HubSettings settings;

    /**
     * A file of a repository.
     *
     * @param path within it
     * @param bytes its size
     * @param gitSum its name in git; that of a pointer where the file is large
     * @param sha256 its sum, of a large file only
     */
    record Entry(String path, long bytes, String gitSum, Optional<String> sha256) {}

    HubListing(Web web, HubSettings settings) {
        this.web = web;
        this.settings = settings;
    }

    /** The commit that a revision means now. */
    String commit(ModelReference.Hub reference) {
        Source source = source(
                reference,
                "/api/models/" + reference.id() + "/revision/" + encoded(reference.revision()),
                reference.text());
        String commit = parse(web.text(source).content(), source).path("sha").asString("");
        if (!COMMIT.matcher(commit).matches()) {
            throw strange(source, null);
        }
        return commit;
    }

    /** All files of a commit, by path. */
    Map<String, Entry> files(ModelReference.Hub reference, String commit) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        Optional<Source> page = Optional.of(source(
                reference, "/api/models/" + reference.id() + "/tree/" + commit + "?recursive=true", reference.text()));
        for (int pages = 0; page.isPresent() && pages < MOST_PAGES; pages++) {
            Source source = page.get();
            Web.Text text = web.text(source);
            JsonNode listing = parse(text.content(), source);
            if (!listing.isArray()) {
                throw strange(source, null);
            }
            for (JsonNode each : listing) {
                if (each.path("type").asString("").equals("file")) {
                    Entry entry = entry(each, source);
                    entries.putIfAbsent(entry.path(), entry);
                }
            }
            page = text.link().map(NEXT::matcher).filter(Matcher::find).map(link -> next(source, link.group("uri")));
        }
        if (page.isPresent()) {
            // More than anybody keeps, or one that names itself. A part would pass for all.
            throw strange(page.get(), null);
        }
        return entries;
    }

    private static Source next(Source page, String link) {
        try {
            URI uri = page.uri().resolve(link);
            if (uri.getHost() != null && uri.getScheme().matches("(?i)https?")) {
                return new Source(uri, page.name(), page.credential(), page.remedy());
            }
        } catch (IllegalArgumentException e) {
            throw strange(page, e);
        }
        throw strange(page, null);
    }

    private static Entry entry(JsonNode file, Source source) {
        String path = file.path("path").asString("");
        JsonNode large = file.path("lfs");
        Optional<String> sha256 =
                large.isObject() ? Optional.of(large.path("oid").asString("")) : Optional.empty();
        long bytes = large.isObject()
                ? large.path("size").asLong(-1)
                : file.path("size").asLong(-1);
        boolean leaves = path.isEmpty() || List.of(path.split("/", -1)).stream().anyMatch(part -> part.matches("\\.*"));
        boolean summed = sha256.isEmpty() || sha256.get().matches("[0-9a-f]{64}");
        if (leaves || bytes < 0 || !summed) {
            throw strange(source, null);
        }
        return new Entry(path, bytes, file.path("oid").asString(""), sha256);
    }

    /** Where a file of a commit is fetched. */
    Source file(ModelReference.Hub reference, String commit, String path) {
        String encodedPath = String.join(
                "/", List.of(path.split("/")).stream().map(HubListing::encoded).toList());
        return source(reference, "/" + reference.id() + "/resolve/" + commit + "/" + encodedPath, path);
    }

    /** The content of a small file of a commit. */
    String text(ModelReference.Hub reference, String commit, String path) {
        return web.text(file(reference, commit, path)).content();
    }

    private Source source(ModelReference.Hub reference, String path, String name) {
        URI uri = URI.create(settings.endpoint() + path);
        String called = name.equals(reference.text()) ? name : name + " of " + reference.text();
        Optional<Credential> credential = settings.token().map(token -> new Credential(settings.endpoint(), token));
        return new Source(
                uri,
                called,
                credential,
                (credential.isPresent() ? "Accept the model's terms on its page" : "Check the name")
                        + ", or set HF_TOKEN to a token that may read it.");
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static JsonNode parse(String text, Source source) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException e) {
            throw strange(source, e);
        }
    }

    private static KemoException strange(Source source, Exception cause) {
        KemoException problem = KemoException.plugin(
                "The server [" + source.uri().getAuthority() + "] does not answer about [" + source.name()
                        + "] as a model hub does.",
                "Check HF_ENDPOINT.");
        return cause == null ? problem : problem.causedBy(cause);
    }
}
