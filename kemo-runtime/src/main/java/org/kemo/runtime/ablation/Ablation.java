package org.kemo.runtime.ablation;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.kemo.api.KemoException;
import org.kemo.api.Modality;
import org.kemo.api.data.Dataset;
import org.kemo.api.data.DatasetReader;
import org.kemo.api.data.Source;
import org.kemo.api.data.Split;
import org.kemo.api.data.Utterance;
import org.kemo.runtime.KemoRuntime;
import org.kemo.runtime.ablation.AblationConfiguration.CrossValidation;
import org.kemo.runtime.checksum.Sha256;
import org.kemo.runtime.checksum.UtteranceContent;
import org.kemo.runtime.configuration.Component;
import org.kemo.runtime.configuration.ConfigurationReader;
import org.kemo.runtime.configuration.KemoConfiguration;
import org.kemo.runtime.configuration.ResolvedConfiguration;
import org.kemo.runtime.configuration.StageConfiguration;
import org.kemo.runtime.evaluation.Folds;
import org.kemo.runtime.evaluation.ModelEvaluation;
import org.kemo.runtime.evaluation.ScoredLabels;
import org.kemo.runtime.files.FolderLock;
import org.kemo.runtime.model.EmotionModel;
import org.kemo.runtime.model.ModelAssembly;
import org.kemo.runtime.text.NearestName;
import org.kemo.runtime.training.ModelTraining;
import org.kemo.runtime.training.Progress;
import org.kemo.runtime.training.TrainingData;

/**
 * Trains and scores every variant with every seed and fold, variant by variant. Cells run side by side, each on one thread, and a cell that
 * fails costs no other its result; variants that come to the same share one. Finished cells stay in the output folder; a run that was
 * killed goes on from there.
 */
public final class Ablation {
    private final AblationConfiguration configuration;
    private final KemoRuntime runtime;
    private final ConfigurationReader reader;
    private final String version;
    private final AblationProgress progress;
    private final FrozenWork frozen;
    private final Map<String, Dataset> datasets = new ConcurrentHashMap<>();

    /**
     * An ablation.
     *
     * @param version of Kemo
     * @param progress hears of cells, from several threads
     */
    public Ablation(
            AblationConfiguration configuration, KemoRuntime runtime, String version, AblationProgress progress) {
        this.configuration = configuration;
        this.runtime = runtime;
        this.reader = runtime.configurations();
        this.version = version;
        this.progress = progress;
        this.frozen = new FrozenWork(runtime.features());
    }

    /**
     * What the table calls all variants and floors, the configuration of each of which was read. Data are not: of several data sets each
     * has all of them here, and in the table those that it has modalities of.
     *
     * @throws KemoException category CONFIGURATION, where one cannot be made or lacks the modality that is scored, or the reference is none
     *     of them
     */
    public List<String> plan() {
        return AblationPlan.titles(configuration, variants().keySet());
    }

    /** How many trials each of them has: one with each seed in each fold. */
    public int trialsOfEach() {
        return configuration.seeds().size() * folds();
    }

    /** All of them are read before the first is run: a mistake in the last shows at once. */
    private Map<Variant, KemoConfiguration> variants() {
        List<Variant> variants = AblationPlan.variants(configuration, reader);
        configuration
                .reference()
                .filter(name -> !AblationPlan.names(variants).contains(name))
                .ifPresent(name -> {
                    throw KemoException.configuration(
                            "The reference [" + name + "] is none of the variants.",
                            "Choose among " + AblationPlan.names(variants) + ".");
                });
        Map<Variant, KemoConfiguration> read = new LinkedHashMap<>();
        variants.forEach(
                variant -> read.put(variant, reader.read(variant.document()).value()));
        read.forEach(this::requireScored);
        return read;
    }

    /** The modality whose own classifier is scored. */
    private void requireScored(Variant variant, KemoConfiguration read) {
        Set<String> there = read.modalities().keySet();
        configuration.modality().filter(name -> !there.contains(name)).ifPresent(name -> {
            throw KemoException.configuration(
                    "The modality [" + name + "] is scored, and the variant [" + variant.name()
                            + "] has none of that name.",
                    NearestName.among(there).suggestion(name));
        });
    }

    /**
     * Runs what is not finished. Of several runs in one folder, in whatever process, one is at work and the others wait.
     *
     * @param output the folder of the cells, made where there is none
     * @param sideBySide how many cells run at once
     * @throws KemoException category CONFIGURATION, where a variant cannot be made or has no feature extractors for what it hears, or the
     *     folder cannot be written; INPUT, where there is nothing to score, or a fold names a speaker whom the data lack
     */
    public AblationTable run(Path output, int sideBySide) {
        List<Row> rows = rows(variants());
        requireSpeakers(rows);
        rows.forEach(Ablation::requireExtractors);
        // Where ONNX Runtime cannot be begun, no model could be scored: said before the first is trained.
        runtime.sessions();
        List<Work> works = rows.stream().flatMap(row -> works(row).stream()).toList();
        CellStore store = new CellStore(output);
        FolderLock alone = store.alone(() -> progress.waits(output));
        try {
            return table(rows, works, sideBySide, store);
        } finally {
            alone.close();
        }
    }

    private AblationTable table(List<Row> rows, List<Work> works, int sideBySide, CellStore store) {
        progress.begins(works.size());
        List<AblationTable.Failure> failures = new ArrayList<>();
        List<Cell> cells = new ArrayList<>();
        // Of each variant the first that did not fail.
        Map<String, Result> firsts = new LinkedHashMap<>();
        ExecutorService threads = Executors.newFixedThreadPool(sideBySide);
        try {
            List<Future<Result>> running = works.stream()
                    .map(work -> threads.submit(() -> run(work, store)))
                    .toList();
            for (int i = 0; i < works.size(); i++) {
                Work work = works.get(i);
                try {
                    Result result = running.get(i).get();
                    cells.add(cell(result));
                    if (work.variant().kind() != Variant.Kind.MAJORITY) {
                        firsts.putIfAbsent(work.variant().title(), result);
                    }
                } catch (ExecutionException e) {
                    failures.add(failure(work, e.getCause()));
                    progress.failed(
                            work.variant().title(),
                            work.trial().seed(),
                            work.trial().fold(),
                            e.getCause());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw KemoException.device("The ablation was interrupted.", "Start it again: what is finished is kept.");
        } finally {
            threads.shutdownNow();
        }
        Map<String, AblationTable.TimedModel> models = new LinkedHashMap<>();
        firsts.forEach((title, first) -> models.put(title, timed(first, store)));
        return AblationTable.of(
                configuration, rows.stream().map(Row::variant).toList(), cells, models, failures, frozen.counts());
    }

    /**
     * One row of the table.
     *
     * @param read the variant's configuration
     * @param data that the variant is scored on
     */
    private record Row(Variant variant, KemoConfiguration read, Dataset data) {}

    /**
     * The trials of one variant, which stand side by side: those of several with one seed and fold have stages in common, for which one would
     * wait while another trains them.
     */
    private List<Work> works(Row row) {
        List<Work> works = new ArrayList<>();
        for (long seed : configuration.seeds()) {
            for (int fold = 0; fold < folds(); fold++) {
                works.add(new Work(row.variant(), trial(row.data(), seed, fold), works.isEmpty()));
            }
        }
        return works;
    }

    private List<Row> rows(Map<Variant, KemoConfiguration> variants) {
        List<Row> rows = new ArrayList<>();
        if (configuration.datasets().isEmpty()) {
            variants.forEach((variant, read) ->
                    rows.add(new Row(variant, read, read(configuration.data().orElseGet(() -> lastData(read))))));
        }
        configuration.datasets().forEach((name, component) -> {
            Dataset data = read(component);
            Set<String> there = data.utterances().stream()
                    .flatMap(utterance -> utterance.sources().keySet().stream())
                    .map(Modality::name)
                    .collect(Collectors.toSet());
            variants.forEach((variant, read) -> {
                Set<String> own = new HashSet<>(read.modalities().keySet());
                int modalities = own.size();
                own.retainAll(there);
                // With one of its modalities there a variant is that modality alone, which is a floor.
                boolean another = variant.kind() == Variant.Kind.ASKED
                        && configuration.floors()
                        && modalities > 1
                        && own.size() == 1;
                if (!own.isEmpty() && !another) {
                    rows.add(new Row(variant.on(name), read, data));
                }
            });
        });
        return rows;
    }

    /** A speaker whom nobody knows would be left out of a fold without a word. */
    private void requireSpeakers(List<Row> rows) {
        Set<String> there = rows.stream()
                .flatMap(row -> row.data().utterances().stream())
                .flatMap(utterance -> utterance.speaker().stream())
                .collect(Collectors.toSet());
        configuration.folds().stream()
                .flatMap(folds -> folds.groups().stream())
                .flatMap(List::stream)
                .filter(speaker -> !there.contains(speaker))
                .findFirst()
                .ifPresent(speaker -> {
                    throw KemoException.input(
                            "The folds name the speaker [" + speaker + "], of whom the data have nothing.",
                            NearestName.among(there).suggestion(speaker));
                });
    }

    /** Sound that nothing makes features of would cost every trial all of its utterances. */
    private static void requireExtractors(Row row) {
        if (row.variant().kind() == Variant.Kind.MAJORITY) {
            return;
        }
        row.read().modalities().forEach((name, modality) -> {
            List<Utterance> utterances = row.data().utterances();
            boolean heard = !utterances.isEmpty()
                    && utterances.stream().allMatch(utterance -> utterance
                            .source(Modality.of(name))
                            .filter(source -> !(source instanceof Source.Features))
                            .isPresent());
            if (heard && !modality.readsText() && modality.features().isEmpty()) {
                throw KemoException.configuration(
                        "The variant [" + row.variant().title() + "] has no feature extractors for the modality ["
                                + name + "], of which the data set ["
                                + row.data().name() + "] has no features.",
                        "Name some under modalities." + name + ".features, or take it out with modalities." + name
                                + ": off.");
            }
        });
    }

    /** @param first of its variant: its model stays and is timed, or, where it fails, that of the next which does not */
    private record Work(Variant variant, Trial trial, boolean first) {
        boolean keepsModel() {
            return first && variant.kind() != Variant.Kind.MAJORITY;
        }
    }

    /** @param cell that other works with the same key share; one of them may still run it */
    private record Result(Work work, String key, Future<Cell> cell) {}

    /** Waits for it. */
    private Cell cell(Result result) throws ExecutionException, InterruptedException {
        Cell cell = result.cell().get();
        String title = result.work().variant().title();
        if (cell.variant().equals(title)) {
            return cell;
        }
        progress.found(title);
        return renamed(cell, title);
    }

    private static AblationTable.Failure failure(Work work, Throwable cause) {
        KemoException words = KemoException.of(cause);
        return new AblationTable.Failure(
                work.variant().title(), work.trial().seed(), work.trial().fold(), words.category(), words.getMessage());
    }

    private int folds() {
        return configuration
                .folds()
                .map(folds -> folds.groups().isEmpty()
                        ? folds.count()
                        : folds.groups().size())
                .orElse(1);
    }

    private Trial trial(Dataset dataset, long seed, int fold) {
        List<Utterance> scored = configuration
                .folds()
                .map(folds -> fold(folds, dataset, seed, fold))
                .orElseGet(() -> marked(dataset));
        if (scored.isEmpty()) {
            String problem = "The data set [" + dataset.name() + "] has nothing to score";
            throw configuration.folds().isPresent()
                    ? KemoException.input(
                            problem + " in fold [" + fold + "].",
                            "Name speakers in every fold whom it has, or draw the folds.")
                    : KemoException.input(problem + ".", "Ask for folds, or for data with a test side.");
        }
        return new Trial(
                seed, fold, new Dataset(dataset.name(), scored, dataset.notes(), dataset.problems(), dataset.paired()));
    }

    /** What is marked as test; where nothing is and the data were named to be scored, all of it. */
    private List<Utterance> marked(Dataset dataset) {
        List<Utterance> marked = dataset.utterances().stream()
                .filter(utterance -> utterance.split() == Split.TEST)
                .toList();
        boolean named =
                configuration.data().isPresent() || !configuration.datasets().isEmpty();
        return marked.isEmpty() && named ? dataset.utterances() : marked;
    }

    private static List<Utterance> fold(CrossValidation folds, Dataset dataset, long seed, int fold) {
        if (folds.groups().isEmpty()) {
            return new Folds(folds.count(), folds.by(), OptionalLong.of(seed))
                    .of(dataset.utterances())
                    .get(fold);
        }
        Set<String> speakers = new HashSet<>(folds.groups().get(fold));
        return dataset.utterances().stream()
                .filter(utterance ->
                        utterance.speaker().filter(speakers::contains).isPresent())
                .toList();
    }

    private static Component<DatasetReader> lastData(KemoConfiguration variant) {
        List<StageConfiguration> stages = variant.train()
                .orElseThrow(() -> KemoException.configuration(
                        "The base has no section [train].", "Name a configuration that trains."))
                .stages();
        return stages.get(stages.size() - 1).data();
    }

    /** Once for each data set, however many variants and stages read it. */
    private Dataset read(Component<DatasetReader> component) {
        return datasets.computeIfAbsent(
                component.fingerprint(), key -> component.value().read());
    }

    private Result run(Work work, CellStore store) {
        Trial trial = work.trial();
        ResolvedConfiguration<KemoConfiguration> variant = configured(work);
        ModelAssembly assembly = new ModelAssembly(variant.value(), runtime.audio());
        ModelTraining training = training(work, variant, assembly, store);
        Map<String, String> plugins = runtime.plugins().usedBy(variant.values());
        String key = key(work, training, plugins);
        return new Result(work, key, store.once(key, () -> {
            Optional<Cell> finished = store.find(key)
                    .filter(cell -> !work.keepsModel() || store.model(key).isPresent());
            if (finished.isPresent()) {
                progress.found(work.variant().title());
                return renamed(finished.get(), work.variant().title());
            }
            progress.started(work.variant().title(), trial.seed(), trial.fold());
            Cell cell = work.variant().kind() == Variant.Kind.MAJORITY
                    ? new MajorityFloor(assembly, configuration.scored())
                            .cell(
                                    work.variant().title(),
                                    training.labels(configuration.scored().modality()),
                                    trial,
                                    variant.yaml(),
                                    version,
                                    plugins)
                    : trained(work, training, store.work(key), variant.yaml());
            if (work.keepsModel()) {
                store.keepModel(key);
            }
            store.keep(key, cell);
            store.clean(key);
            progress.finished(
                    work.variant().title(),
                    trial.seed(),
                    trial.fold(),
                    cell.metrics().accuracy());
            return cell;
        }));
    }

    private ResolvedConfiguration<KemoConfiguration> configured(Work work) {
        return reader.read(work.variant()
                .document()
                .with(
                        List.of("seed=" + work.trial().seed()),
                        configuration.base().getParent()));
    }

    private ModelTraining training(
            Work work, ResolvedConfiguration<KemoConfiguration> variant, ModelAssembly assembly, CellStore store) {
        TrainingData data = configuration.folds().isPresent()
                ? new TrainingData(
                        this::read, work.trial().scores(), work.trial().resembles(runtime.sums()))
                : new TrainingData(this::read);
        return new ModelTraining(
                variant,
                assembly,
                data,
                frozen,
                runtime.preparations(),
                Optional.of(store.stages()),
                Duration.ofMinutes(runtime.host().checkpointMinutes()),
                heard(work));
    }

    /** Of all that decides on a cell. */
    private String key(Work work, ModelTraining training, Map<String, String> plugins) {
        Dataset scored = work.trial().scored();
        List<String> parts = new ArrayList<>(List.of(
                version,
                runtime.build(),
                // Whether somebody asked for a model or it is a floor does not change it.
                Boolean.toString(work.variant().kind() == Variant.Kind.MAJORITY),
                training.fingerprint(),
                plugins.toString(),
                configuration.modality().orElse("fused") + " " + configuration.labels(),
                Integer.toString(work.trial().fold()),
                scored.name(),
                scored.notes().toString(),
                scored.problems().toString()));
        scored.utterances().forEach(utterance -> parts.add(UtteranceContent.of(utterance, runtime.sums())));
        return Sha256.of(String.join("\n", parts));
    }

    private Progress heard(Work work) {
        return new Progress() {
            private final AtomicInteger done = new AtomicInteger();
            private String part = "";
            private long steps;

            @Override
            public void begins(String begun, long itsSteps) {
                done.set(0);
                part = begun;
                steps = itsSteps;
            }

            @Override
            public void prepared(int total) {
                progress.prepared(work.variant().title(), work.trial().seed(), done.incrementAndGet(), total);
            }

            @Override
            public void stepped() {
                progress.stepped(work.variant().title(), work.trial().seed(), part, done.incrementAndGet(), steps);
            }
        };
    }

    private Cell trained(Work work, ModelTraining training, Path folder, String yaml) {
        ModelTraining.Report report = training.run(folder, version, runtime.build(), runtime.plugins()::usedBy);
        try (EmotionModel model = runtime.model(folder)) {
            ModelEvaluation.Report scored = new ModelEvaluation(
                            model, configuration.scored(), frozen, runtime.preparations())
                    .run(work.trial().scored(), done -> {});
            List<String> problems = new ArrayList<>(report.problems());
            problems.addAll(scored.problems());
            List<Cell.Answer> answers = Cell.Answer.of(scored);
            List<String> notes = new ArrayList<>(report.notes());
            notes.addAll(scored.notes());
            work.trial()
                    .note(
                            model.card().modalities().keySet().stream()
                                    .map(Modality::of)
                                    .toList(),
                            report.seen(),
                            answers.stream().map(Cell.Answer::id).collect(Collectors.toSet()),
                            runtime.sums())
                    .ifPresent(notes::add);
            return new Cell(
                    work.variant().title(),
                    work.trial().seed(),
                    work.trial().fold(),
                    work.trial().scored().name(),
                    report.training(),
                    scored.metrics(),
                    model.card().parameters(),
                    answers,
                    model.card().provenance(),
                    yaml,
                    problems.stream().distinct().toList(),
                    notes.stream().distinct().toList());
        }
    }

    private AblationTable.TimedModel timed(Result first, CellStore store) {
        Path folder = store.model(first.key()).orElseGet(() -> modelOf(first, store));
        String machine = Timing.machine(
                runtime.sessions().devices(), runtime.host().sessions().threads());
        return new AblationTable.TimedModel(folder, store.timing(first.key(), machine, () -> {
            try (EmotionModel model = runtime.model(folder)) {
                return new ModelEvaluation(model, ScoredLabels.fused())
                        .realTimeFactors(first.work().trial().scored());
            }
        }));
    }

    /** Of a trial that did not keep it, since one before it was to, which failed. Its stages are finished: nothing is trained twice. */
    private Path modelOf(Result result, CellStore store) {
        ResolvedConfiguration<KemoConfiguration> variant = configured(result.work());
        training(result.work(), variant, new ModelAssembly(variant.value(), runtime.audio()), store)
                .run(store.work(result.key()), version, runtime.build(), runtime.plugins()::usedBy);
        store.keepModel(result.key());
        return store.model(result.key()).orElseThrow();
    }

    /** The same cell may stand in the table under another name than it had when it was run. */
    private static Cell renamed(Cell cell, String name) {
        return new Cell(
                name,
                cell.seed(),
                cell.fold(),
                cell.dataset(),
                cell.training(),
                cell.metrics(),
                cell.parameters(),
                cell.answers(),
                cell.provenance(),
                cell.configuration(),
                cell.problems(),
                cell.notes());
    }
}
