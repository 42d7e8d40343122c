package org.kemo.runtime.store;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kemo.api.KemoException;
import org.kemo.runtime.checksum.Sha256;
import org.kemo.runtime.store.download.Web;

/** What names a pretrained model. */
public sealed interface ModelReference {
    /** The ways to write one that is fetched. */
    String FETCHED = "[hf:OWNER/NAME@REVISION], [mvn:GROUP:ARTIFACT:VERSION], [https://HOST/FILE]";

    /** The ways to write one. */
    String WRITTEN = "Write " + FETCHED + " or [file:PATH]";

    /** The ways to write one where a short name is one, too. */
    String FORMS = WRITTEN + ", or a name that kemo models list shows.";

    /** Stands in a place for what a folder's name cannot hold or would not tell apart; no part of a reference has it. */
    String SEPARATOR = "~";

    /** As it is written. */
    String text();

    /**
     * Reads one.
     *
     * @throws KemoException category CONFIGURATION, where it is none
     */
    static ModelReference parse(String reference) {
        int colon = reference.indexOf(':');
        Optional<? extends ModelReference> parsed =
                switch (colon < 0 ? "" : reference.substring(0, colon)) {
                    case "hf" -> Hub.read(reference);
                    case "mvn" -> Maven.read(reference);
                    case "https", "http" -> Address.read(reference);
                    case "file" -> File.read(reference);
                    default -> Optional.empty();
                };
        if (parsed.isEmpty()) {
            throw KemoException.configuration("The model reference [" + reference + "] is not understood.", FORMS);
        }
        return parsed.get();
    }

    /** One whose files are fetched and stored. */
    sealed interface Remote extends ModelReference {
        /** Its folder in the store, relative; two references have two folders. */
        String place();
    }

    /**
     * A repository of a model hub, {@code hf:owner/name@revision}.
     *
     * @param revision a commit, a tag or a branch; {@code main} where none is written
     */
    record Hub(String owner, String name, String revision) implements Remote {
        private static final Pattern FORM =
                Pattern.compile("hf:(?<owner>\\w[\\w.-]*)/(?<name>\\w[\\w.-]*)(@(?<revision>\\w[\\w./-]*))?");

        private static Optional<Hub> read(String reference) {
            Matcher parts = FORM.matcher(reference);
            return parts.matches()
                    ? Optional.of(new Hub(
                            parts.group("owner"),
                            parts.group("name"),
                            Optional.ofNullable(parts.group("revision")).orElse("main")))
                    : Optional.empty();
        }

        /** The same repository at a commit. */
        Hub at(String commit) {
            return new Hub(owner, name, commit);
        }

        /** As the hub calls it. */
        String id() {
            return owner + "/" + name;
        }

        @Override
        public String text() {
            return "hf:" + id() + "@" + revision;
        }

        @Override
        public String place() {
            return "hf/" + id() + "/" + revision.replace("/", SEPARATOR);
        }
    }

    /**
     * An artifact of a Maven repository, {@code mvn:group:artifact:version[:classifier[:extension]]}.
     *
     * @param classifier empty for none
     * @param extension {@code jar} where none is written
     */
    record Maven(String group, String artifact, String version, String classifier, String extension) implements Remote {
        private static final Pattern PART = Pattern.compile("\\w[\\w.-]*");

        private static Optional<Maven> read(String reference) {
            List<String> parts = List.of(reference.split(":", -1));
            boolean whole = parts.size() >= 4
                    && parts.size() <= 6
                    && parts.stream()
                            .allMatch(part -> PART.matcher(part).matches()
                                    || (part.isEmpty() && parts.size() == 6 && parts.indexOf(part) == 4));
            return whole
                    ? Optional.of(new Maven(
                            parts.get(1),
                            parts.get(2),
                            parts.get(3),
                            parts.size() > 4 ? parts.get(4) : "",
                            parts.size() > 5 ? parts.get(5) : "jar"))
                    : Optional.empty();
        }

        @Override
        public String text() {
            boolean plain = extension.equals("jar");
            return "mvn:" + group + ":" + artifact + ":" + version
                    + (classifier.isEmpty() && plain ? "" : ":" + classifier)
                    + (plain ? "" : ":" + extension);
        }

        @Override
        public String place() {
            boolean plain = extension.equals("jar");
            return "mvn/" + group + "/" + artifact + "/" + version
                    + (classifier.isEmpty() && plain ? "" : SEPARATOR + classifier)
                    + (plain ? "" : SEPARATOR + extension);
        }
    }

    /**
     * A single file, {@code https://host/path/file}; over plain http from this machine itself.
     *
     * @param uri with a path that ends with the file's name
     */
    record Address(URI uri) implements Remote {
        private static final Pattern FILE_NAME = Pattern.compile("\\w[\\w.+-]*");

        private static Optional<Address> read(String reference) {
            try {
                URI uri = URI.create(reference);
                boolean usable = uri.getHost() != null && uri.getRawUserInfo() == null && uri.getPath() != null;
                return usable
                                && Web.isTrusted(uri)
                                && FILE_NAME.matcher(nameOf(uri)).matches()
                        ? Optional.of(new Address(uri))
                        : Optional.empty();
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }

        private static String nameOf(URI uri) {
            return uri.getPath().substring(uri.getPath().lastIndexOf('/') + 1);
        }

        /** The file's name. */
        String fileName() {
            return nameOf(uri);
        }

        @Override
        public String text() {
            return uri.toString();
        }

        @Override
        public String place() {
            return "web/" + Sha256.of(text());
        }
    }

    /**
     * A file or folder of this machine, {@code file:path}.
     *
     * @param path as it is written
     */
    record File(String path) implements ModelReference {
        private static Optional<File> read(String reference) {
            String path = reference.substring("file:".length());
            return path.isEmpty() ? Optional.empty() : Optional.of(new File(path));
        }

        @Override
        public String text() {
            return "file:" + path;
        }
    }
}
