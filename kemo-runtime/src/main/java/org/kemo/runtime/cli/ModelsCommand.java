package org.kemo.runtime.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.kemo.api.KemoException;
import org.kemo.runtime.store.FileSum;
import org.kemo.runtime.store.KnownModel;
import org.kemo.runtime.store.ModelState;
import org.kemo.runtime.store.PretrainedModelStore;
import org.kemo.runtime.store.StoredModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code kemo models}: the pretrained models of this machine. */
@Command(
        name = "models",
        description = "Lists, fetches and verifies pretrained models, and exports trained ones.",
        subcommands = {
            ModelsCommand.ListModels.class,
            ModelsCommand.Pull.class,
            ModelsCommand.Verify.class,
            ExportCommand.class
        })
final class ModelsCommand extends KemoCommand {
    @Mixin
    private ConfigurationOptions configuration;

    /** Without a subcommand the list is meant. */
    @Override
    protected Outcome run(CommandContext context) {
        return new ModelTable(
                context.runtime(configuration.ofHost(context)).models().list(), List.of());
    }

    /** One of the things that can be done with models. */
    abstract static class ModelsSubcommand extends KemoCommand {
        @Mixin
        private ConfigurationOptions configuration;

        @Override
        protected final Outcome run(CommandContext context) {
            return run(context.runtime(configuration.ofHost(context)).models());
        }

        abstract Outcome run(PretrainedModelStore models);

        /** What is done with each of several models: one that fails costs no other its turn. */
        static Outcome each(List<String> references, Function<String, ModelState> action) {
            List<ModelState> states = new ArrayList<>();
            List<Failure> failures = new ArrayList<>();
            for (String reference : references) {
                try {
                    states.add(action.apply(reference));
                } catch (KemoException e) {
                    failures.add(Failure.of(reference, e));
                }
            }
            return new ModelTable(states, failures);
        }
    }

    @Command(name = "list", description = "Lists the models that have short names and those that were fetched.")
    static final class ListModels extends ModelsSubcommand {
        @Override
        Outcome run(PretrainedModelStore models) {
            return new ModelTable(models.list(), List.of());
        }
    }

    @Command(name = "pull", description = "Fetches models, where they are not there whole already.")
    static final class Pull extends ModelsSubcommand {
        @Parameters(
                paramLabel = "MODEL",
                arity = "1..*",
                description = "Short names, or hf:OWNER/NAME@REVISION, mvn:GROUP:ARTIFACT:VERSION, https://HOST/FILE.")
        private List<String> references;

        @Override
        Outcome run(PretrainedModelStore models) {
            return each(references, models::pull);
        }
    }

    @Command(name = "verify", description = "Reads every file of the fetched models and compares the sums.")
    static final class Verify extends ModelsSubcommand {
        @Parameters(
                paramLabel = "MODEL",
                arity = "0..*",
                description = "As for pull; all that were fetched where none is named.")
        private List<String> references = List.of();

        @Override
        Outcome run(PretrainedModelStore models) {
            return references.isEmpty()
                    ? new ModelTable(
                            models.verify().stream()
                                    .filter(model -> model.word() != ModelState.Word.ABSENT)
                                    .toList(),
                            List.of())
                    : each(references, models::verify);
        }
    }

    private record ModelTable(List<ModelState> models, List<Failure> failures) implements Outcome {
        private static final double MEBIBYTE = 1 << 20;

        @Override
        public Object json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("models", models.stream().map(ModelTable::json).toList());
            json.put("failures", failures);
            return json;
        }

        @Override
        public void print(PrintWriter out) {
            if (models.isEmpty() && failures.isEmpty()) {
                out.println("No models were fetched.");
            }
            for (ModelState model : models) {
                String state = model.word().name().toLowerCase(Locale.ROOT);
                out.println(model.name().map(name -> name + " ").orElse("") + model.reference() + " " + state
                        + model.path().map(path -> ": " + size(model) + path).orElse(""));
                model.known().ifPresent(known -> out.println("  " + known.source() + " " + known.terms()));
                model.problems().forEach(problem -> out.println("  " + problem.getMessage()));
            }
            Failure.print(failures, out);
        }

        private static String size(ModelState model) {
            return model.stored()
                    .map(stored -> String.format(Locale.ROOT, "%.1f MiB in ", stored.bytes() / MEBIBYTE))
                    .orElse("");
        }

        @Override
        public int exitCode() {
            return failures.isEmpty()
                    ? models.stream()
                            .flatMap(model -> model.problems().stream())
                            .findFirst()
                            .map(problem -> problem.category().exitCode())
                            .orElse(0)
                    : Failure.exitCode(failures);
        }

        private static Map<String, Object> json(ModelState model) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("name", model.name());
            json.put("reference", model.reference());
            json.put("state", model.word());
            json.put("path", model.path());
            json.put("revision", model.stored().map(StoredModel::revision).filter(revision -> !revision.isEmpty()));
            json.put("bytes", model.stored().map(StoredModel::bytes));
            json.put(
                    "files",
                    model.stored()
                            .map(StoredModel::files)
                            .map(ModelTable::files)
                            .orElse(List.of()));
            json.put("source", model.known().map(KnownModel::source));
            json.put("terms", model.known().map(KnownModel::terms));
            json.put("problems", model.problems());
            return json;
        }

        private static List<Map<String, Object>> files(Map<String, FileSum> files) {
            return files.entrySet().stream().map(ModelTable::json).toList();
        }

        private static Map<String, Object> json(Map.Entry<String, FileSum> file) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("path", file.getKey());
            json.put("bytes", file.getValue().bytes());
            json.put("sha256", file.getValue().sha256());
            return json;
        }
    }
}
