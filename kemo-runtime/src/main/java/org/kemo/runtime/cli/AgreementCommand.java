package org.kemo.runtime.cli;

import static org.kemo.runtime.cli.Figures.shown;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.kemo.api.KemoException;
import org.kemo.runtime.agreement.Agreement;
import org.kemo.runtime.agreement.AnnotationFile;
import org.kemo.runtime.agreement.AnnotationLayout;
import org.kemo.runtime.agreement.Annotations;
import org.kemo.runtime.agreement.MeasurementLevel;
import org.kemo.runtime.agreement.PairAgreement;
import org.kemo.runtime.agreement.Ratings;
import org.kemo.runtime.agreement.ReferenceMatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kemo agreement}: how far those who labelled data agree. */
@Command(
        name = "agreement",
        description = {
            "Says how far raters agree: percentage, Cohen's and Fleiss' kappa, Krippendorff's alpha.",
            "A table has a row for each item and a column for each of --raters, or a row for each label: --item, --rater, --label."
        })
final class AgreementCommand extends KemoCommand {
    @Parameters(paramLabel = "CSV", description = "The annotations, with a header; an empty field is no label.")
    private Path file;

    @Option(names = "--raters", paramLabel = "A,B", split = ",", description = "The columns of the raters.")
    private List<String> raters = new ArrayList<>();

    @Option(names = "--rater", paramLabel = "COLUMN", description = "The column that names the rater of a label.")
    private Optional<String> rater = Optional.empty();

    @Option(names = "--label", paramLabel = "COLUMN", description = "The column of the label.")
    private Optional<String> label = Optional.empty();

    @Option(
            names = "--item",
            paramLabel = "COLUMN",
            description = "The column that names the item; with --raters, rows are numbered where it is not given.")
    private Optional<String> item = Optional.empty();

    @Option(
            names = "--level",
            paramLabel = "LEVEL",
            defaultValue = "nominal",
            description = "What labels are: nominal, names; ordinal, in an order; interval, numbers. ${DEFAULT-VALUE}"
                    + " where it is not given.")
    private MeasurementLevel level;

    @Option(
            names = "--order",
            paramLabel = "A,B",
            split = ",",
            description = "The labels from the least to the most, where they are not numbers.")
    private List<String> order = new ArrayList<>();

    @Option(
            names = "--reference",
            paramLabel = "COLUMN",
            description = "The column of what the items really are: says how many labels it confirms.")
    private Optional<String> reference = Optional.empty();

    @Option(
            names = "--map",
            paramLabel = "LABEL=WORD",
            split = ",",
            description =
                    "What a label is in the words of the reference: happy=positive,sad=negative. LABEL= leaves it out.")
    private List<String> map = new ArrayList<>();

    @Option(
            names = "--missing",
            paramLabel = "A,B",
            split = ",",
            description = "What stands for no label beside an empty field: NA,-.")
    private List<String> missing = new ArrayList<>();

    @Option(names = "--delimiter", paramLabel = "CHARACTER", defaultValue = ",", description = "What parts the fields.")
    private char delimiter;

    @Override
    protected Outcome run(CommandContext context) {
        if (reference.isEmpty() && !map.isEmpty()) {
            throw KemoException.configuration(
                    "There is a map " + map + " but no reference.", "Name the column with --reference.");
        }
        if (level != MeasurementLevel.ORDINAL && !order.isEmpty()) {
            throw KemoException.configuration(
                    "There is an order " + order + " at the level ["
                            + level.name().toLowerCase(Locale.ROOT) + "].",
                    "Give --level ordinal, or no --order.");
        }
        Annotations annotations =
                AnnotationFile.read(context.folder().resolve(file), delimiter, new LinkedHashSet<>(missing), layout());
        return new Agreed(
                annotations.raters(),
                Agreement.of(annotations, level, order),
                reference.map(any -> ReferenceMatch.of(annotations, words())));
    }

    private AnnotationLayout layout() {
        if (!raters.isEmpty() && rater.isEmpty() && label.isEmpty()) {
            return new AnnotationLayout.RaterColumns(item, raters, reference);
        }
        if (raters.isEmpty() && item.isPresent() && rater.isPresent() && label.isPresent()) {
            return new AnnotationLayout.LabelRows(item.get(), rater.get(), label.get(), reference);
        }
        throw KemoException.configuration(
                "It is not clear which columns hold the labels: --raters is " + raters + ", --item " + in(item)
                        + ", --rater " + in(rater) + ", --label " + in(label) + ".",
                "Give --raters where each has a column, or --item, --rater and --label where each row is a label.");
    }

    private static String in(Optional<String> column) {
        return "[" + column.orElse("") + "]";
    }

    private Map<String, String> words() {
        Map<String, String> words = new LinkedHashMap<>();
        for (String each : map) {
            int equals = each.indexOf('=');
            if (equals <= 0 || words.containsKey(each.substring(0, equals))) {
                throw KemoException.configuration(
                        "The map has [" + each + "].", "Write LABEL=WORD, once for each label.");
            }
            words.put(each.substring(0, equals), each.substring(equals + 1));
        }
        return words;
    }

    private record Agreed(List<String> raters, Agreement agreement, Optional<ReferenceMatch> reference)
            implements Outcome {
        /** More pairs are no longer read. */
        private static final int PRINTED_PAIRS = 45;

        @Override
        public Object json() {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("items", agreement.items());
            document.put("raters", raters);
            document.put("labels", agreement.labels());
            document.put("level", agreement.level());
            document.put("categories", agreement.categories());
            document.put("observedAgreement", agreement.observedAgreement());
            document.put("cohenKappa", agreement.cohenKappa());
            document.put("fleissKappa", agreement.fleissKappa());
            document.put("krippendorffAlpha", agreement.krippendorffAlpha());
            document.put("ratings", agreement.ratings());
            document.put("reference", reference);
            document.put("notes", agreement.notes());
            return document;
        }

        @Override
        public void print(PrintWriter out) {
            boolean weighted = agreement.level() != MeasurementLevel.NOMINAL;
            out.printf("%d items, %d raters, %d labels%n", agreement.items(), raters.size(), agreement.labels());
            agreement
                    .categories()
                    .forEach(each -> out.printf("  %-16s %6d  %s%n", each.label(), each.count(), each.raters()));
            out.printf("%npercentage agreement     %8s%n", percent(agreement.observedAgreement()));
            out.printf(
                    "Cohen's kappa, mean      %8s%n",
                    figure(agreement.cohenKappa().mean()));
            if (weighted) {
                out.printf(
                        "  linear weights         %8s%n",
                        figure(agreement.cohenKappa().linearMean()));
                out.printf(
                        "  quadratic weights      %8s%n",
                        figure(agreement.cohenKappa().quadraticMean()));
            }
            out.printf("Fleiss' kappa            %8s%n", figure(agreement.fleissKappa()));
            out.printf(
                    "Krippendorff's alpha     %8s  (%s)%n",
                    figure(agreement.krippendorffAlpha()),
                    agreement.level().name().toLowerCase(Locale.ROOT));
            List<PairAgreement> pairs = agreement.cohenKappa().pairs();
            if (pairs.size() <= PRINTED_PAIRS) {
                out.println();
                pairs.forEach(pair -> out.printf(
                        "%s and %s: %d items, agreement %s, kappa %s%s%n",
                        pair.a(),
                        pair.b(),
                        pair.items(),
                        percent(pair.observedAgreement()),
                        figure(pair.kappa()),
                        weighted
                                ? ", linear " + figure(pair.linearKappa()) + ", quadratic "
                                        + figure(pair.quadraticKappa())
                                : ""));
            }
            agreement.ratings().ifPresent(ratings -> print(ratings, out));
            reference.ifPresent(match -> print(match, out));
            agreement.notes().forEach(out::println);
        }

        private static void print(Ratings ratings, PrintWriter out) {
            out.printf(
                    Locale.ROOT, "%nratings: mean %.3f, deviation %s%n", ratings.mean(), shown("%.3f", ratings.std()));
            ratings.raters()
                    .forEach((rater, spread) -> out.printf(
                            Locale.ROOT,
                            "  %-16s mean %.3f, deviation %s, of %d%n",
                            rater,
                            spread.mean(),
                            shown("%.3f", spread.std()),
                            spread.n()));
        }

        private static void print(ReferenceMatch match, PrintWriter out) {
            out.printf(
                    "%nmatching the reference: %s of %d labels, %s of %d items by majority (%d ties)%n",
                    percent(OptionalDouble.of(match.matchingRate())),
                    match.labels(),
                    percent(match.majorityRate()),
                    match.items(),
                    match.ties());
            match.raters().forEach((rater, rate) -> out.printf("  %-16s %8s%n", rater, percent(rate)));
        }

        private static String figure(OptionalDouble figure) {
            return figure.isPresent() ? String.format(Locale.ROOT, "%.4f", figure.getAsDouble()) : "-";
        }

        private static String percent(OptionalDouble share) {
            return share.isPresent() ? String.format(Locale.ROOT, "%.2f %%", 100 * share.getAsDouble()) : "-";
        }
    }
}
