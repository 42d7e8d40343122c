package org.kemo.runtime.configuration;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.kemo.api.KemoException;
import org.kemo.runtime.configuration.Node.Entry;
import org.kemo.runtime.configuration.Node.Mapping;
import org.kemo.runtime.configuration.Node.Scalar;

/**
 * What is written, before it is known what it means: one file with those that it {@code extends} and the overrides of the
 * command line. A {@link ConfigurationReader} makes records from it. Immutable.
 *
 * <p>{@code extends: base.yaml} names a file relative to the one in which it stands. What the base says holds where the file is
 * silent: mappings merge deeply, lists and single values replace. Where a component gets another {@code type}, the options that
 * the base gave to the old one fall away.
 */
public final class ConfigurationDocument {
    private static final String EXTENDS = "extends";
    private static final long MOST_BYTES = 4L << 20;

    private final Mapping root;

    private ConfigurationDocument(Mapping root) {
        this.root = root;
    }

    /**
     * Reads a file and those that it extends.
     *
     * @throws KemoException category CONFIGURATION, where a file does not exist, is not YAML, repeats a key, or extends itself
     */
    public static ConfigurationDocument ofFile(Path file) {
        Mistakes mistakes = new Mistakes();
        Mapping root = read(file, file.toString(), new ArrayList<>(), mistakes);
        mistakes.throwIfAny();
        return new ConfigurationDocument(root);
    }

    /**
     * Reads a text.
     *
     * @param source how mistakes name it
     * @param folder what relative paths in it start from
     * @throws KemoException category CONFIGURATION, as {@link #ofFile}
     */
    public static ConfigurationDocument ofText(String text, String source, Path folder) {
        Mistakes mistakes = new Mistakes();
        Mapping root = extended(
                mapping(YamlTree.parse(text, Place.beginning(source, folder), mistakes), mistakes),
                new ArrayList<>(),
                mistakes);
        mistakes.throwIfAny();
        return new ConfigurationDocument(root);
    }

    /**
     * Reads what a person names on the command line: a file, or YAML that begins with a brace, {@code {type: ravdess, root:
     * DIR}}.
     *
     * @param folder what relative paths in the YAML start from, and the file's own
     * @throws KemoException category CONFIGURATION, as {@link #ofFile}
     */
    public static ConfigurationDocument ofFileOrText(String specification, Path folder) {
        return specification.strip().startsWith("{")
                ? ofText(specification, "command line", folder)
                : ofFile(folder.resolve(specification));
    }

    /** One without a single word: everything has its default. */
    public static ConfigurationDocument empty(Path folder) {
        return new ConfigurationDocument(Mapping.empty(Place.in("no configuration", folder)));
    }

    /**
     * This document with values from the command line, {@code fusion.type=static}, {@code train.stages.audio.epochs=3}: the value
     * is YAML, an element of a list is named by its position from 0 or by its {@code name}, and a position just behind the last
     * appends. Of two for one path the later holds; a component's {@code type} and its options may stand in any order.
     *
     * @param folder what relative paths in the values start from
     * @throws KemoException category CONFIGURATION, where one is not a path and a value or names an element that is not there
     */
    public ConfigurationDocument with(List<String> overrides, Path folder) {
        return with(overrides, folder, Record.class);
    }

    /**
     * The same for a document that a record is made of whose options may be {@link Overrides}: {@code set.fusion.type=static} adds the path
     * {@code fusion.type} to those of {@code set}, or replaces its value there.
     *
     * @param type of the record
     */
    public ConfigurationDocument with(List<String> overrides, Path folder, Class<? extends Record> type) {
        Mistakes mistakes = new Mistakes();
        return with(
                overrides.stream()
                        .map(override -> ConfigurationOverride.of(override, folder, mistakes)
                                .in(type))
                        .toList(),
                mistakes);
    }

    /**
     * This document with the values of overrides that stand in a file; see {@link #with(List, Path)}. In both, {@code
     * modalities.NAME: off} takes a modality out with all that hangs on it, and {@code plugins.NAME: off} the components of that
     * name from every list.
     *
     * @param overrides one after the other, as if they were one list
     * @throws KemoException category CONFIGURATION, where one names an element that is not there
     */
    public ConfigurationDocument with(Overrides... overrides) {
        Mistakes mistakes = new Mistakes();
        return with(
                Arrays.stream(overrides)
                        .flatMap(each -> each.values().entries().entrySet().stream())
                        .map(each -> ConfigurationOverride.of(each.getKey(), each.getValue(), mistakes))
                        .toList(),
                mistakes);
    }

    private ConfigurationDocument with(List<ConfigurationOverride> overrides, Mistakes mistakes) {
        Mapping changed = ConfigurationOverride.apply(root, overrides);
        mistakes.throwIfAny();
        return new ConfigurationDocument(changed);
    }

    /**
     * The part of this document under a key, as a document.
     *
     * @throws KemoException category CONFIGURATION, where there is no such mapping
     */
    public ConfigurationDocument part(String key) {
        Mistakes mistakes = new Mistakes();
        Mapping part = root.value(key).map(node -> mapping(node, mistakes)).orElseGet(() -> {
            mistakes.add(root.place(), key, "is missing.");
            return root;
        });
        mistakes.throwIfAny();
        return new ConfigurationDocument(part);
    }

    /** The single value under a key, as it is written; empty where there is none, or more than a single one. */
    public Optional<String> text(String key) {
        return root.value(key)
                .filter(Scalar.class::isInstance)
                .map(Scalar.class::cast)
                .map(Scalar::text);
    }

    /** This document without what stands under a key. */
    public ConfigurationDocument without(String key) {
        return new ConfigurationDocument(root.without(key));
    }

    Mapping root() {
        return root;
    }

    private static Mapping read(Path file, String source, List<Path> below, Mistakes mistakes) {
        Path folder = Optional.ofNullable(file.toAbsolutePath().normalize().getParent())
                .orElse(file.toAbsolutePath());
        Place beginning = Place.beginning(source, folder);
        Mapping written = mapping(YamlTree.parse(text(file), beginning, mistakes), mistakes);
        List<Path> chain = new ArrayList<>(below);
        chain.add(file.toAbsolutePath().normalize());
        return extended(written, chain, mistakes);
    }

    private static Mapping mapping(Node node, Mistakes mistakes) {
        if (node instanceof Mapping mapping) {
            return mapping;
        }
        mistakes.add(node.place(), "", "expected a mapping of names to values, but found " + node.words() + ".");
        return Mapping.empty(node.place());
    }

    private static Mapping extended(Mapping written, List<Path> chain, Mistakes mistakes) {
        Entry entry = written.entries().get(EXTENDS);
        if (entry == null) {
            return written;
        }
        Mapping own = written.without(EXTENDS);
        if (!(entry.value() instanceof Scalar name && name.is(Scalar.Kind.TEXT))) {
            mistakes.add(
                    entry.value().place(),
                    EXTENDS,
                    "expected the path of a file, but found " + entry.value().words() + ".");
            return own;
        }
        Path base = name.place().folder().resolve(name.text()).toAbsolutePath().normalize();
        if (chain.contains(base)) {
            mistakes.add(
                    name.place(),
                    EXTENDS,
                    "the file [" + name.text() + "] extends itself: " + cycle(chain, base) + ".");
            return own;
        }
        if (!Files.isRegularFile(base)) {
            mistakes.add(name.place(), EXTENDS, "there is no file [" + base + "].", "A path is relative to this file.");
            return own;
        }
        return (Mapping) Overlay.merge(read(base, shown(base), chain, mistakes), own);
    }

    private static String cycle(List<Path> chain, Path base) {
        List<Path> circle = new ArrayList<>(chain.subList(chain.indexOf(base), chain.size()));
        circle.add(base);
        return circle.stream().map(path -> path.getFileName().toString()).collect(Collectors.joining(" -> "));
    }

    /** Relative to where the person is, where that is shorter. */
    private static String shown(Path file) {
        Path here = Path.of("").toAbsolutePath();
        return file.startsWith(here) ? here.relativize(file).toString() : file.toString();
    }

    private static String text(Path file) {
        try {
            if (!Files.exists(file)) {
                throw KemoException.configuration("There is no file [" + file + "].", "Correct the path.");
            }
            if (!Files.isRegularFile(file)) {
                throw KemoException.configuration(
                        "The path [" + file + "] is no regular file but a folder, a pipe or a device.",
                        "Name a YAML file; what a pipe gives has to be written to one first.");
            }
            if (Files.size(file) > MOST_BYTES) {
                throw KemoException.configuration(
                        "The file [" + file + "] is larger than 4 MiB, too large for a configuration.",
                        "Name a YAML file.");
            }
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw KemoException.configuration("The file [" + file + "] is not text in UTF-8.", "Save it as UTF-8.")
                    .causedBy(e);
        } catch (IOException e) {
            throw KemoException.configuration("The file [" + file + "] cannot be read.", "Check its permissions.")
                    .causedBy(e);
        }
    }
}
