package org.kemo.torch;

import jakarta.inject.Inject;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.kemo.api.component.Describe;
import org.kemo.api.service.ModelFiles;
import org.kemo.api.training.TrainingEngine;
import org.kemo.api.training.TrainingEngineFactory;
import org.pf4j.Extension;
import org.slf4j.Logger;

@Extension
@Describe(
        value = "Trains networks with libtorch: reverse-mode derivatives, Adam and AdamW.",
        source = "PyTorch 2.10 through org.bytedeco:pytorch")
final class TorchEngineFactory implements TrainingEngineFactory<TorchOptions> {
    private final Logger logger;
    private final LibtorchFolder folder;

    /** Devices of which it was said that they cannot be had: an ablation makes an engine for each run. */
    private final Set<String> refused = ConcurrentHashMap.newKeySet();

    @Inject
    TorchEngineFactory(Logger logger, ModelFiles files) {
        this.logger = logger;
        this.folder = new LibtorchFolder(files.scratch("libtorch"));
    }

    @Override
    public String name() {
        return "torch";
    }

    @Override
    public Class<TorchOptions> options() {
        return TorchOptions.class;
    }

    @Override
    public TrainingEngine create(TorchOptions options) {
        Libtorch libtorch = folder.loaded(() -> new Libtorch(options.threads()));
        String device = options.device();
        if (!device.equals("cpu") && !libtorch.has(device)) {
            if (refused.add(device)) {
                logger.warn("The device [{}] cannot be had: training on the CPU.", device);
            }
            device = "cpu";
        }
        return new TorchEngine(libtorch, device, options.precision());
    }
}
