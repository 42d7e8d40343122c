package org.kemo.textlines;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.kemo.api.KemoException;
import org.kemo.api.Modality;
import org.kemo.api.data.Dataset;
import org.kemo.api.data.DatasetReader;
import org.kemo.api.data.LineFile;
import org.kemo.api.data.Source;
import org.kemo.api.data.Split;
import org.kemo.api.data.Utterance;
import org.kemo.textlines.TextLinesOptions.SplitFile;

/**
 * Reads lines of text and label from one or several files, in their order. An empty line is passed over; a line without a
 * delimiter, a text or a label is a problem and costs no other line, and so is a file without lines.
 */
final class TextLinesReader implements DatasetReader {
    private final TextLinesOptions options;

    TextLinesReader(TextLinesOptions options) {
        this.options = options;
    }

    @Override
    public Dataset read() {
        List<SplitFile> files = options.splitFiles();
        List<String> prefixes = prefixes(files);
        List<Utterance> utterances = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        boolean cut = false;
        for (int i = 0; i < files.size(); i++) {
            cut |= read(files.get(i), prefixes.get(i), utterances, problems);
        }
        if (utterances.isEmpty()) {
            throw KemoException.input(
                    "The files " + files.stream().map(SplitFile::path).toList() + " hold no line of text and label."
                            + problems.stream()
                                    .limit(1)
                                    .map(problem -> " " + problem)
                                    .collect(Collectors.joining()),
                    "Check the delimiter [" + options.delimiter() + "] and the order of text and label.");
        }
        List<String> notes = cut
                ? List.of("Only the first [" + options.limit() + "] utterances of each file were read.")
                : List.of();
        return new Dataset(String.join(" + ", prefixes), utterances, notes, problems);
    }

    /** Whether lines were left because of the limit. */
    private boolean read(SplitFile file, String prefix, List<Utterance> utterances, List<String> problems) {
        int taken = 0;
        int known = problems.size();
        for (LineFile.Line line : LineFile.read(file.path())) {
            if (line.text().filter(String::isBlank).isPresent()) {
                continue;
            }
            if (options.limit() > 0 && taken == options.limit()) {
                return true;
            }
            String place = file.path() + ":" + line.number();
            if (line.text().isEmpty()) {
                problems.add(place + ": the bytes are not UTF-8. Save the file as UTF-8.");
                continue;
            }
            Optional<String[]> parts = parts(line.text().get());
            if (parts.isEmpty()) {
                problems.add(place + ": no text and label with [" + options.delimiter() + "] between them in ["
                        + excerpt(line.text().get()) + "].");
                continue;
            }
            utterances.add(utterance(prefix + "-" + line.number(), parts.get(), file.split()));
            taken++;
        }
        if (taken == 0 && problems.size() == known) {
            problems.add(file.path() + ": there is no line of text in it.");
        }
        return false;
    }

    private Utterance utterance(String id, String[] textAndLabel, Split split) {
        return new Utterance(
                id,
                Map.of(Modality.of(options.modality()), new Source.Text(textAndLabel[0])),
                Optional.of(textAndLabel[1]),
                Optional.empty(),
                split);
    }

    private Optional<String[]> parts(String line) {
        boolean textFirst = options.order() == LineOrder.TEXT_FIRST;
        int at = textFirst ? line.lastIndexOf(options.delimiter()) : line.indexOf(options.delimiter());
        if (at < 0) {
            return Optional.empty();
        }
        String before = line.substring(0, at).strip();
        String after = line.substring(at + options.delimiter().length()).strip();
        if (before.isEmpty() || after.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(textFirst ? new String[] {before, after} : new String[] {after, before});
    }

    /** What the ids of each file begin with: the file's name, after its tag or, where names repeat, its folder's name. */
    private List<String> prefixes(List<SplitFile> files) {
        List<String> stems = files.stream().map(file -> stem(file.path())).toList();
        boolean repeated = Set.copyOf(stems).size() < stems.size();
        List<String> prefixes = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            if (!options.tags().isEmpty()) {
                prefixes.add(options.tags().get(i) + "-" + stems.get(i));
            } else if (repeated) {
                prefixes.add(folder(files.get(i).path()) + "-" + stems.get(i));
            } else {
                prefixes.add(stems.get(i));
            }
        }
        Set<String> distinct = new HashSet<>();
        for (String prefix : prefixes) {
            if (!distinct.add(prefix)) {
                throw KemoException.configuration(
                        "Two files would give ids that begin with [" + prefix + "].",
                        "Name each file once, and give tags that tell files of one name apart.");
            }
        }
        return prefixes;
    }

    private static String stem(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    private static String folder(Path file) {
        Path folder = file.toAbsolutePath().normalize().getParent();
        return folder == null || folder.getFileName() == null
                ? "root"
                : folder.getFileName().toString();
    }

    private static String excerpt(String line) {
        int longest = 60;
        return line.length() <= longest ? line : line.substring(0, longest) + "...";
    }
}
