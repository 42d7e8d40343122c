package org.kemo.runtime.ablation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kemo.api.KemoException;
import org.kemo.runtime.ablation.AblationConfiguration.VariantConfiguration;
import org.kemo.runtime.configuration.ConfigurationDocument;
import org.kemo.runtime.configuration.ConfigurationReader;
import org.kemo.runtime.configuration.KemoConfiguration;
import org.kemo.runtime.configuration.Overrides;

/** Which variants an ablation has: those asked for, in every combination of the grid, and the floors. */
final class AblationPlan {
    private AblationPlan() {}

    /**
     * The variants, floors last.
     *
     * @throws KemoException category CONFIGURATION, where one cannot be made or two have the same name
     */
    static List<Variant> variants(AblationConfiguration ablation, ConfigurationReader reader) {
        ConfigurationDocument written = ConfigurationDocument.ofFile(ablation.base());
        Map<String, Variant> variants = new LinkedHashMap<>();
        List<VariantConfiguration> asked = ablation.variants().isEmpty()
                ? List.of(new VariantConfiguration("", Overrides.none(), Optional.empty()))
                : ablation.variants();
        for (VariantConfiguration one : asked) {
            ConfigurationDocument own =
                    one.base().map(ConfigurationDocument::ofFile).orElse(written);
            ablation.grid().combinations().forEach((combination, values) -> {
                String name = (one.name() + " " + combination).strip();
                add(
                        variants,
                        new Variant(
                                name.isEmpty() ? "base" : name,
                                Variant.Kind.ASKED,
                                own.with(ablation.set(), one.set(), values),
                                Optional.empty()));
            });
        }
        if (ablation.floors()) {
            ConfigurationDocument base = written.with(ablation.set());
            KemoConfiguration configuration = reader.read(base).value();
            List<String> modalities = List.copyOf(configuration.modalities().keySet());
            if (modalities.size() > 1 && ablation.modality().isEmpty()) {
                for (String modality : modalities) {
                    ConfigurationDocument single = base;
                    for (String other : modalities) {
                        if (!other.equals(modality)) {
                            single = single.with(
                                    List.of("modalities." + other + "=off"),
                                    ablation.base().getParent());
                        }
                    }
                    add(variants, new Variant(modality + " alone", Variant.Kind.SINGLE, single, Optional.empty()));
                }
            }
            add(variants, new Variant(Variant.MAJORITY, Variant.Kind.MAJORITY, base, Optional.empty()));
        }
        return List.copyOf(variants.values());
    }

    private static void add(Map<String, Variant> variants, Variant variant) {
        if (variants.put(variant.name(), variant) != null) {
            throw KemoException.configuration(
                    "Two variants have the name [" + variant.name() + "].",
                    "Name them otherwise; floors are called [NAME alone] and [" + Variant.MAJORITY + "].");
        }
    }

    /** What the table calls these variants: of several data sets on each, whether or not the set has modalities of theirs. */
    static List<String> titles(AblationConfiguration ablation, Collection<Variant> variants) {
        if (ablation.datasets().isEmpty()) {
            return variants.stream().map(Variant::title).toList();
        }
        return ablation.datasets().keySet().stream()
                .flatMap(dataset ->
                        variants.stream().map(variant -> variant.on(dataset).title()))
                .toList();
    }

    /** The names of all variants, for a person. */
    static List<String> names(List<Variant> variants) {
        return new ArrayList<>(variants.stream().map(Variant::name).toList());
    }
}
