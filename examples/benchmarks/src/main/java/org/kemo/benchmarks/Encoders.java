package org.kemo.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kemo.api.data.Source;
import org.kemo.api.encoder.Encoding;
import org.kemo.api.encoder.PretrainedEncoder;
import org.kemo.api.service.ModelPrecision;
import org.kemo.api.service.SessionPool;
import org.kemo.api.service.SessionRequest;
import org.kemo.runtime.KemoHome;
import org.kemo.runtime.KemoRuntime;
import org.kemo.runtime.configuration.HostConfiguration;
import org.kemo.runtime.session.SessionsConfiguration;
import org.kemo.transformertext.Output;
import org.kemo.transformertext.Pooling;
import org.kemo.transformertext.TextModel;
import org.kemo.transformertext.TextTransformers;
import org.kemo.transformertext.Tune;
import org.kemo.transformertext.Usage;

/** Text encoders on a runtime of their own. */
final class Encoders implements AutoCloseable {
    private final KemoRuntime runtime;

    /**
     * Without models yet.
     *
     * @param threads of the sessions on the CPU; 0 for one per core
     * @param spinning whether they wait busily
     */
    Encoders(int threads, boolean spinning) {
        KemoHome home =
                KemoHome.find(Map.of("kemo.home", ".", "user.home", System.getProperty("user.home")), System.getenv());
        HostConfiguration defaults = HostConfiguration.defaults();
        HostConfiguration host = new HostConfiguration(
                new SessionsConfiguration(List.of("cpu"), threads, spinning, 2, 64, 120, 8192),
                defaults.plugins(),
                defaults.cache(),
                defaults.models(),
                defaults.checkpointMinutes());
        this.runtime = new KemoRuntime(home, host, System.getenv());
    }

    KemoRuntime runtime() {
        return runtime;
    }

    /** The mean over the tokens of a model. */
    PretrainedEncoder open(String model, ModelPrecision precision) {
        return open(model, precision, runtime.sessions());
    }

    PretrainedEncoder open(String model, Setting setting) {
        // That device and no other: where it cannot be had, nothing is measured.
        return open(
                model,
                setting.precision(),
                request -> runtime.sessions().lease(new SessionRequest(request.model(), List.of(setting.device()))));
    }

    PretrainedEncoder open(String model, ModelPrecision precision, SessionPool sessions) {
        return new TextTransformers(runtime.models()::resolve, runtime.files(), sessions)
                .open(new TextModel(
                        model, Pooling.MEAN, false, false, 0, Optional.empty(), new Usage(Output.POOLED, precision, Tune.none())));
    }

    /** All texts, so many at a time: the vectors are added to a list, and the seconds come back. */
    static double encode(PretrainedEncoder encoder, List<Source> texts, int batch, List<float[]> vectors) {
        long start = System.nanoTime();
        for (int at = 0; at < texts.size(); at += batch) {
            for (Encoding each : encoder.encode(texts.subList(at, Math.min(texts.size(), at + batch)))) {
                vectors.add(each.pooled().values());
            }
        }
        return (System.nanoTime() - start) * 1e-9;
    }

    static double encode(PretrainedEncoder encoder, List<Source> texts, int batch) {
        return encode(encoder, texts, batch, new ArrayList<>());
    }

    @Override
    public void close() {
        runtime.close();
    }
}
