package org.kemo.runtime.configuration;

import java.util.List;
import java.util.Map;
import org.kemo.api.KemoException;
import org.kemo.api.LabelSpace;
import org.kemo.api.component.Option;
import org.kemo.runtime.text.NearestName;

/**
 * The classes of a model.
 *
 * @param space the classes that it answers with
 * @param align for each modality, its own labels that are called otherwise in the space
 */
public record LabelsConfiguration(
        @Option("The classes that the model answers with") List<String> space,
        @Option(value = "For each modality: own label to label of the space", defaultValue = "{}")
                Map<String, Map<String, String>> align) {
    /** Checks the classes, and that what labels are aligned to are some of them. */
    public LabelsConfiguration {
        LabelSpace classes = new LabelSpace(space);
        align.forEach((modality, labels) -> labels.forEach((own, target) -> {
            if (!classes.contains(target)) {
                throw KemoException.configuration(
                        "The label [" + own + "] of the modality [" + modality + "] is aligned to [" + target
                                + "], which is no class of the model.",
                        NearestName.among(classes.labels()).suggestion(target));
            }
        }));
    }
}
