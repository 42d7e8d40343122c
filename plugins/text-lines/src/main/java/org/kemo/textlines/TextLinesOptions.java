package org.kemo.textlines;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.kemo.api.KemoException;
import org.kemo.api.Modality;
import org.kemo.api.component.Option;
import org.kemo.api.data.Split;

/**
 * Which files, and how their lines read.
 *
 * @param files the files, in UTF-8
 * @param split the part of the data set that {@code files} are
 * @param validationFiles files of the validation side
 * @param testFiles files of the test side
 * @param tags what the ids of a file's utterances begin with, for {@code files}, {@code validationFiles} and {@code testFiles} in
 *     this order
 * @param delimiter between text and label
 * @param order what comes first
 * @param modality what the text is called
 * @param limit how many utterances to take from each file
 */
record TextLinesOptions(
        @Option("The files to read, in UTF-8, one text and label a line") List<Path> files,
        @Option(
                        value = "The side that files are on: train, validation, test or none; none is train where other"
                                + " files are for validation or test",
                        defaultValue = "none")
                Split split,
        @Option(value = "Files of the validation side", defaultValue = "[]") List<Path> validationFiles,
        @Option(value = "Files of the test side", defaultValue = "[]") List<Path> testFiles,
        @Option(
                        value =
                                "What the ids from each file begin with, for example its language, in the order files,"
                                        + " validationFiles, testFiles; empty for the name of the folder where file names repeat",
                        defaultValue = "[]")
                List<String> tags,
        @Option(value = "What parts text and label", defaultValue = ";") String delimiter,
        @Option(value = "text-first or label-first", defaultValue = "text-first") LineOrder order,
        @Option(value = "The name of the modality that the text belongs to", defaultValue = "text") String modality,
        @Option(
                        value = "The most utterances to take from each file, from its beginning; 0 for all",
                        defaultValue = "0",
                        min = 0)
                int limit) {
    /** Checks that there is something to read and that the lists fit each other. */
    TextLinesOptions {
        files = List.copyOf(files);
        validationFiles = List.copyOf(validationFiles);
        testFiles = List.copyOf(testFiles);
        tags = List.copyOf(tags);
        modality = Modality.of(modality).name();
        int count = files.size() + validationFiles.size() + testFiles.size();
        if (count == 0) {
            throw KemoException.configuration(
                    "The option files is [] and names nothing to read.", "Name at least one file of lines.");
        }
        if (!tags.isEmpty() && tags.size() != count) {
            throw KemoException.configuration(
                    "The tags " + tags + " are [" + tags.size() + "] for [" + count + "] files.",
                    "Give one tag for each file, or none.");
        }
        if (delimiter.isEmpty()) {
            throw KemoException.configuration(
                    "The delimiter [] is empty.", "Name what stands between text and label, for example \";\".");
        }
        if (limit < 0) {
            throw KemoException.configuration("The limit [" + limit + "] is below 0.", "Use 0 for all lines.");
        }
    }

    /** All files, each with its side, in the order that the tags follow. */
    List<SplitFile> splitFiles() {
        boolean others = !validationFiles.isEmpty() || !testFiles.isEmpty();
        Split first = split == Split.NONE && others ? Split.TRAIN : split;
        return Stream.of(
                        files.stream().map(file -> new SplitFile(file, first)),
                        validationFiles.stream().map(file -> new SplitFile(file, Split.VALIDATION)),
                        testFiles.stream().map(file -> new SplitFile(file, Split.TEST)))
                .flatMap(stream -> stream)
                .toList();
    }

    /** A file and the side that it is on. */
    record SplitFile(Path path, Split split) {}
}
