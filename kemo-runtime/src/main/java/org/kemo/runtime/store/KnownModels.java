package org.kemo.runtime.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.kemo.api.KemoException;
import org.kemo.api.component.Option;
import org.kemo.runtime.configuration.ConfigurationDocument;
import org.kemo.runtime.configuration.ConfigurationReader;
import org.kemo.runtime.plugin.ComponentCatalog;
import org.kemo.runtime.text.NearestName;

/**
 * The models that have short names, and the sums that their files are pinned by.
 *
 * @param models by name; each reference has one
 */
public record KnownModels(@Option("Models by name") Map<String, KnownModel> models) {
    /** Checks that each reference has one name: models are stored by reference, and the pins of a second name would not hold. */
    public KnownModels {
        Map<ModelReference, String> names = new HashMap<>();
        models.forEach((name, model) -> {
            String other = names.putIfAbsent(ModelReference.parse(model.reference()), name);
            if (other != null) {
                throw KemoException.configuration(
                        "The models [" + other + "] and [" + name + "] have one reference, [" + model.reference()
                                + "].",
                        "Give it one of the names, with all sums of its files.");
            }
        });
    }

    /** None. */
    public static KnownModels none() {
        return new KnownModels(Map.of());
    }

    /**
     * Reads them from a YAML file; none where it does not exist.
     *
     * @throws KemoException category CONFIGURATION, with all mistakes of the file
     */
    public static KnownModels read(Path file) {
        return Files.notExists(file)
                ? none()
                : new ConfigurationReader(ComponentCatalog.empty(), Map.of())
                        .read(KnownModels.class, ConfigurationDocument.ofFile(file))
                        .value();
    }

    /**
     * What a reference or a name means.
     *
     * @throws KemoException category CONFIGURATION, where it is neither
     */
    public ModelReference meaning(String referenceOrName) {
        KnownModel known = models.get(referenceOrName);
        if (known != null) {
            return ModelReference.parse(known.reference());
        }
        if (referenceOrName.isEmpty() || referenceOrName.contains(":")) {
            return ModelReference.parse(referenceOrName);
        }
        throw KemoException.configuration(
                "There is no model [" + referenceOrName + "].",
                NearestName.among(models.keySet())
                        .to(referenceOrName)
                        .map(name -> "Did you mean [" + name + "]?")
                        .orElse(ModelReference.FORMS));
    }

    /** What is known of a model, with its one short name. */
    Optional<Map.Entry<String, KnownModel>> entry(ModelReference reference) {
        return models.entrySet().stream()
                .filter(model ->
                        ModelReference.parse(model.getValue().reference()).equals(reference))
                .findFirst();
    }

    /** The sums that the files of a model are pinned by; none where nobody has pinned it. */
    Map<String, FileSum> pins(ModelReference reference) {
        return entry(reference).map(model -> model.getValue().files()).orElse(Map.of());
    }
}
