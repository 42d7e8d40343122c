/** The host: plugins, session pool, pipelines, training, evaluation, command line. No plugin reaches it. */
module org.kemo.runtime {
    requires transitive org.kemo.api;

    // Plugin archives; the nearest name.
    requires org.apache.commons.compress;
    requires org.apache.commons.text;

    // Inference; and the classes of its file format, which need protobuf's.
    requires com.microsoft.onnxruntime;
    requires org.tribuo.util.onnx;
    requires com.google.protobuf;

    // Configuration.
    requires tools.jackson.core;
    requires tools.jackson.dataformat.yaml;

    exports org.kemo.runtime.audio;
    exports org.kemo.runtime.checksum;
    exports org.kemo.runtime.configuration;
    exports org.kemo.runtime.evaluation;
    exports org.kemo.runtime.onnx;
    exports org.kemo.runtime.plugin;
    exports org.kemo.runtime.session;

    provides org.kemo.api.network.NetworkBackend with
            org.kemo.runtime.onnx.OnnxBackend;
}
