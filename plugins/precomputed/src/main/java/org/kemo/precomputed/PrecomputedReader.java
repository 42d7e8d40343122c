package org.kemo.precomputed;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kemo.api.KemoException;
import org.kemo.api.Modality;
import org.kemo.api.data.Dataset;
import org.kemo.api.data.DatasetReader;
import org.kemo.api.data.Source;
import org.kemo.api.data.Utterance;
import org.kemo.manifest.features.FeatureFile;
import org.kemo.manifest.features.FeatureWidths;

/**
 * Adds features to each utterance of another data set. An utterance whose file is not there or not usable is without the modality, and
 * that is a problem; one that is left without any modality is left out.
 */
final class PrecomputedReader implements DatasetReader {
    private final PrecomputedOptions options;

    PrecomputedReader(PrecomputedOptions options) {
        this.options = options;
    }

    @Override
    public Dataset read() {
        Dataset dataset = options.data().read();
        List<String> problems = new ArrayList<>(dataset.problems());
        List<Map<Modality, Source>> sources = new ArrayList<>();
        dataset.utterances().forEach(utterance -> sources.add(new LinkedHashMap<>(utterance.sources())));
        options.folders()
                .forEach((name, folder) -> add(Modality.of(name), folder, dataset.utterances(), sources, problems));
        List<Utterance> utterances = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            Utterance before = dataset.utterances().get(i);
            if (sources.get(i).isEmpty()) {
                problems.add("The utterance [" + before.id() + "] is left without any modality.");
            } else {
                utterances.add(
                        new Utterance(before.id(), sources.get(i), before.label(), before.speaker(), before.split()));
            }
        }
        return new Dataset(dataset.name(), utterances, dataset.notes(), problems, dataset.paired());
    }

    private static void add(
            Modality modality,
            Path path,
            List<Utterance> utterances,
            List<Map<Modality, Source>> sources,
            List<String> problems) {
        FeatureFolder folder = new FeatureFolder(path);
        FeatureWidths widths = new FeatureWidths();
        List<String> missing = new ArrayList<>();
        for (int i = 0; i < utterances.size(); i++) {
            String id = utterances.get(i).id();
            Map<Modality, Source> own = sources.get(i);
            own.remove(modality);
            Optional<Path> file = folder.file(id);
            if (file.isEmpty()) {
                missing.add(id);
                continue;
            }
            try {
                own.put(modality, new Source.Features(widths.checked(modality, FeatureFile.read(file.get()))));
            } catch (KemoException e) {
                problems.add("The utterance [" + id + "] is without [" + modality + "]: " + e.problem());
            }
        }
        if (missing.size() == utterances.size()) {
            throw KemoException.input(
                    "The folder [" + path + "] has no file for any of the [" + utterances.size() + "] utterances"
                            + (missing.isEmpty() ? "." : ", such as [" + missing.get(0) + ".npy]."),
                    "Name the files by the ids of the data set.");
        }
        if (!missing.isEmpty()) {
            problems.add("The folder [" + path + "] has no file for [" + missing.size() + "] of [" + utterances.size()
                    + "] utterances, such as [" + missing.get(0) + "]: they are without [" + modality + "].");
        }
    }
}
