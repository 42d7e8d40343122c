package org.kemo.runtime;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.kemo.api.KemoException;
import org.kemo.api.encoder.EncoderFactory;
import org.kemo.api.service.FeatureCache;
import org.kemo.api.service.ModelFiles;
import org.kemo.runtime.audio.AudioReader;
import org.kemo.runtime.cache.FileFeatureCache;
import org.kemo.runtime.checksum.FileSums;
import org.kemo.runtime.checksum.Sha256;
import org.kemo.runtime.configuration.ConfigurationReader;
import org.kemo.runtime.configuration.HostConfiguration;
import org.kemo.runtime.model.EmotionModel;
import org.kemo.runtime.model.ModelLoader;
import org.kemo.runtime.plugin.ArchiveLimits;
import org.kemo.runtime.plugin.ComponentKind;
import org.kemo.runtime.plugin.HostServices;
import org.kemo.runtime.plugin.PluginHost;
import org.kemo.runtime.plugin.PluginInventory;
import org.kemo.runtime.plugin.PluginSettings;
import org.kemo.runtime.session.OnnxSessionPool;
import org.kemo.runtime.store.FetchProgress;
import org.kemo.runtime.store.HubSettings;
import org.kemo.runtime.store.KnownModels;
import org.kemo.runtime.store.PretrainedModelStore;
import org.kemo.runtime.store.StoreSettings;
import org.kemo.runtime.store.download.Web;
import org.kemo.runtime.store.tensorflow.BertCheckpointImporter;
import org.kemo.runtime.weights.HostModelFiles;

/**
 * What one process of Kemo shares: plugins, sessions, caches. Each part is made when it is first asked for, so that a command pays
 * for what it uses; a process that does not run a model never loads ONNX Runtime.
 *
 * <p>Put together by hand and not by Guice, which makes the factories of plugins: the parts have to be closed in the right order,
 * which Guice does not do, and listing plugins should not wait for it. Safe for use by several threads at once.
 */
public final class KemoRuntime implements AutoCloseable {
    private final KemoHome home;
    private final HostConfiguration host;
    private final Map<String, String> variables;
    private final FileSums sums;
    private final FeatureCache features;
    private final Semaphore preparations;
    private final Lazy<String> build = new Lazy<>(this::sumOfBuild);
    private final Lazy<OnnxSessionPool> sessions = new Lazy<>(this::openSessions);
    private final Lazy<PluginHost> plugins = new Lazy<>(this::openPlugins);
    private final Lazy<PretrainedModelStore> models = new Lazy<>(this::openModels);
    private final FetchProgress fetching;

    /**
     * A runtime that fetches models without telling anybody how far it is.
     *
     * @param home where Kemo lies
     * @param host what the machine gives
     * @param variables the environment that configurations may read
     */
    public KemoRuntime(KemoHome home, HostConfiguration host, Map<String, String> variables) {
        this(home, host, variables, FetchProgress.silent());
    }

    /**
     * A runtime.
     *
     * @param home where Kemo lies
     * @param host what the machine gives
     * @param variables the environment that configurations may read
     * @param fetching hears of models that are fetched
     */
    public KemoRuntime(KemoHome home, HostConfiguration host, Map<String, String> variables, FetchProgress fetching) {
        this.fetching = fetching;
        this.home = home;
        this.host = host;
        this.variables = Map.copyOf(variables);
        this.features =
                new FileFeatureCache(host.cache().folder().orElse(home.cache().resolve("features")));
        this.preparations = new Semaphore(host.sessions().admitted(), true);
        this.sums = FileSums.keptIn(home.cache().resolve("sums"));
    }

    /**
     * The plugins.
     *
     * @throws KemoException category PLUGIN, where one is broken; DEVICE, where this is closed
     */
    public PluginHost plugins() {
        return plugins.get();
    }

    /** What is known of the plugins, broken ones too, and the switches. */
    public PluginInventory inventory() {
        return new PluginInventory(settings(), services());
    }

    /** Reads configurations, with the components of the plugins. */
    public ConfigurationReader configurations() {
        return new ConfigurationReader(plugins(), variables);
    }

    /**
     * The sessions of ONNX Runtime, and what they have done so far. They are closed with this.
     *
     * @throws KemoException category DEVICE, where this is closed, or something else has begun ONNX Runtime in this process
     */
    public OnnxSessionPool sessions() {
        return sessions.get();
    }

    /** Reads sound. */
    public AudioReader audio() {
        return new AudioReader();
    }

    /** The results of frozen steps. */
    public FeatureCache features() {
        return features;
    }

    /**
     * A permit for each group of utterances that is prepared at the same time, by all trainings and ablations together: no more than runs
     * that the session pool does not refuse, whose limit is for load from outside.
     */
    public Semaphore preparations() {
        return preparations;
    }

    /** The pretrained models. */
    public PretrainedModelStore models() {
        return models.get();
    }

    /**
     * Opens a trained model, which is closed by whoever asked for it.
     *
     * @param folder that {@code kemo train} wrote
     * @throws KemoException category PLUGIN, where a file is missing or altered; category CONFIGURATION, where a component
     *     that the model needs is not there
     */
    public EmotionModel model(Path folder) {
        return new ModelLoader(configurations(), sessions(), audio(), sums).load(folder);
    }

    /** What is read from pretrained models and written of them. */
    public ModelFiles files() {
        return new HostModelFiles(home.cache(), sums);
    }

    /** The sums of files, each computed once. */
    public FileSums sums() {
        return sums;
    }

    /**
     * What tells this Kemo from others, those of the same version too: the sum of what its API and its runtime were loaded from, 64
     * hexadecimal digits. What goes on, or is found again, belongs to one build.
     *
     * @throws KemoException category CONFIGURATION, where it is not known what they were loaded from, or that cannot be read
     */
    public String build() {
        return build.get();
    }

    /** What the machine gives. */
    public HostConfiguration host() {
        return host;
    }

    /** Lets go of plugins, then of sessions, and gives none from then on. Runs that are under way may finish. */
    @Override
    public void close() {
        plugins.close(PluginHost::close);
        sessions.close(OnnxSessionPool::close);
    }

    private String sumOfBuild() {
        return Sha256.of(sum(KemoException.class) + " " + sum(KemoRuntime.class));
    }

    /** Of the jar or the folder that a class was loaded from. */
    private String sum(Class<?> loaded) {
        CodeSource from = loaded.getProtectionDomain().getCodeSource();
        if (from == null || from.getLocation() == null) {
            throw unknown("nowhere");
        }
        return sum(from.getLocation(), sums);
    }

    static String sum(URL from, FileSums sums) {
        try {
            return sums.ofAll(Path.of(from.toURI()));
        } catch (IOException | URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
            // A jar within a jar is no file.
            throw unknown(from.toString()).causedBy(e);
        }
    }

    private static KemoException unknown(String from) {
        return KemoException.configuration(
                "Kemo was loaded from [" + from + "], which cannot be summed.",
                "Start Kemo from its jars, and leave them where they are while it runs.");
    }

    private PluginHost openPlugins() {
        return PluginHost.open(settings(), services());
    }

    private OnnxSessionPool openSessions() {
        return new OnnxSessionPool(host.sessions(), sums);
    }

    private PretrainedModelStore openModels() {
        return new PretrainedModelStore(
                new StoreSettings(
                        host.models().folder().orElse(home.cache().resolve("models")),
                        home.project(),
                        KnownModels.read(home.project().resolve("config/models.yaml")),
                        HubSettings.of(variables, home.cache().toAbsolutePath().getParent()),
                        Web.ofThisMachine(),
                        "mvn",
                        List.of(new BertCheckpointImporter()),
                        this::modelTypes,
                        sums),
                fetching);
    }

    /** The types of models that encoders make networks of. Their plugins are loaded for that. */
    private Set<String> modelTypes() {
        PluginHost opened = plugins();
        return opened.names(ComponentKind.ENCODER).stream()
                .flatMap(name -> opened.find(ComponentKind.ENCODER, name).stream())
                .flatMap(factory -> ((EncoderFactory<?>) factory).modelTypes().stream())
                .collect(Collectors.toSet());
    }

    /** Plugins get a pool that opens when the first of them leases a session, and a store that is read when one asks for a model. */
    private HostServices services() {
        return new HostServices(
                request -> sessions().lease(request), reference -> models().resolve(reference), files(), features());
    }

    private PluginSettings settings() {
        List<Path> folders = new ArrayList<>();
        // First: what kemo plugins writes lies there, and holds for the folders of a configuration too.
        if (isThere(home.userPlugins())) {
            folders.add(home.userPlugins());
        }
        folders.add(home.shippedPlugins());
        folders.addAll(host.plugins().folders());
        return new PluginSettings(
                folders,
                home.cache().resolve("plugins"),
                Set.copyOf(host.plugins().disabled()),
                ArchiveLimits.DEFAULT);
    }

    /** Makes the folder of a person's own plugins at the first start; an account without a writable home goes without. */
    private static boolean isThere(Path folder) {
        try {
            Files.createDirectories(folder);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
