/** The host: plugins, session pool, pipelines, training, evaluation, command line. No plugin reaches it. */
module org.kemo.runtime {
    requires transitive org.kemo.api;

    // Plugins: their archives, what each may see, and the reader that their records of options are opened to.
    requires com.google.guice;
    requires org.apache.commons.compress;
    requires tools.jackson.databind;
    // The nearest name.
    requires org.apache.commons.text;

    // Tests of significance.
    requires org.apache.commons.statistics.inference;

    // Tables of annotations and of variants.
    requires de.siegmar.fastcsv;

    // Inference; and the classes of its file format, which need protobuf's.
    requires com.microsoft.onnxruntime;
    requires org.tribuo.util.onnx;
    requires com.google.protobuf;

    // Configuration.
    requires tools.jackson.core;
    requires tools.jackson.dataformat.yaml;

    // Progress on the terminal.
    requires me.tongfei.progressbar;

    // Models over the network.
    requires java.net.http;

    // What Java takes for the name of a package.
    requires java.compiler;

    // Pictures.
    requires java.desktop;
    requires xchart;

    // The command line, and its log: a program that embeds Kemo brings its own, or none.
    requires info.picocli;
    requires static ch.qos.logback.classic;
    requires static ch.qos.logback.core;

    exports org.kemo.runtime;
    exports org.kemo.runtime.ablation;
    exports org.kemo.runtime.agreement;
    exports org.kemo.runtime.audio;
    exports org.kemo.runtime.checksum;
    exports org.kemo.runtime.configuration;
    exports org.kemo.runtime.evaluation;
    exports org.kemo.runtime.model;
    exports org.kemo.runtime.pipeline;
    exports org.kemo.runtime.plugin;
    exports org.kemo.runtime.report;
    exports org.kemo.runtime.session;
    exports org.kemo.runtime.store;
    exports org.kemo.runtime.store.download;
    exports org.kemo.runtime.training;
    exports org.kemo.runtime.weights;

    // Picocli sets the fields of commands.
    opens org.kemo.runtime.cli to
            info.picocli;

    // Jackson reads and writes the records of checkpoints and of finished cells.
    opens org.kemo.runtime.ablation to
            tools.jackson.databind;
    opens org.kemo.runtime.evaluation to
            tools.jackson.databind;
    opens org.kemo.runtime.training to
            tools.jackson.databind;

    provides org.kemo.api.network.NetworkBackend with
            org.kemo.runtime.onnx.OnnxBackend;
}
