package org.kemo.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.kemo.api.KemoException;
import org.kemo.api.training.Optimizer;
import org.kemo.api.training.Trainer;
import org.kemo.api.training.TrainingRequest;
import org.kemo.runtime.checksum.FileSums;
import org.kemo.runtime.weights.HostModelFiles;
import org.slf4j.LoggerFactory;

final class TorchEngineFactoryTest {
    private final TorchEngineFactory factory = new TorchEngineFactory(
            LoggerFactory.getLogger(TorchEngineFactoryTest.class),
            new HostModelFiles(Path.of("target", "cache").toAbsolutePath(), FileSums.inMemory()));

    @Test
    void trainsOnTheCpuWhereADeviceCannotBeHad() {
        FrameClassifier network = new FrameClassifier(3, 2, 1, 2, 0);
        TrainingRequest request = new TrainingRequest(network, network, Optimizer.adamW(), Map.of(), Set.of(), 1);
        // No machine has a hundredth GPU.
        try (Trainer trainer = factory.create(new TorchOptions(1, "cuda:99", MatrixPrecision.FLOAT32))
                .open(request)) {
            assertThat(trainer.step(network.batch(2, 4, 1), network.batch(2, 4, 1), 0.01))
                    .isFinite();
        }
    }

    @Test
    void saysOnceThatADeviceCannotBeHad() {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(TorchEngineFactoryTest.class);
        logger.addAppender(log);
        try {
            factory.create(new TorchOptions(1, "cuda:99", MatrixPrecision.FLOAT32));
            factory.create(new TorchOptions(2, "cuda:99", MatrixPrecision.FLOAT32));
        } finally {
            logger.detachAppender(log);
        }
        assertThat(log.list).singleElement().satisfies(event -> assertThat(event.getFormattedMessage())
                .contains("[cuda:99] cannot be had"));
    }

    @Test
    void refusesADeviceThatIsNone() {
        assertThatThrownBy(() -> new TorchOptions(1, "gpu", MatrixPrecision.FLOAT32))
                .isInstanceOf(KemoException.class)
                .hasMessageContaining("The device [gpu]");
    }

    @Test
    void refusesANetworkWhoseShapesDoNotFitBeforeItsFirstStep() {
        FrameClassifier network = new FrameClassifier(3, 2, 1, 2, 0);
        TrainingRequest request = new TrainingRequest(
                network,
                network,
                Optimizer.adamW(),
                Map.of("classifier/out/bias", org.kemo.api.network.FloatTensor.zeros(5)),
                Set.of(),
                1);
        assertThatThrownBy(() -> factory.create(new TorchOptions(1, "cpu", MatrixPrecision.FLOAT32))
                        .open(request))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[classifier/out/bias]");
    }
}
