package org.kemo.runtime.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.kemo.runtime.KemoRuntime;
import org.kemo.runtime.model.EmotionModel;
import picocli.CommandLine.Option;

/** The option of every command that uses a trained model. */
final class ModelOptions {
    private static final String SHIPPED = "config/models/kemo-small";

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "The model folder; the one that ships where none is given.")
    private Optional<Path> model = Optional.empty();

    /** The model, opened. */
    EmotionModel open(CommandContext context, KemoRuntime runtime) {
        Path folder = model.map(context.folder()::resolve)
                .orElseGet(() -> context.home().project().resolve(SHIPPED));
        return runtime.model(folder);
    }
}
