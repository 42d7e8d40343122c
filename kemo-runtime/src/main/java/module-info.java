/** The host: plugins, session pool, pipelines, training, evaluation, command line. No plugin reaches it. */
module org.kemo.runtime {
    requires transitive org.kemo.api;

    // Plugin archives; the nearest name.
    requires org.apache.commons.compress;
    requires org.apache.commons.text;

    exports org.kemo.runtime.configuration;
    exports org.kemo.runtime.plugin;
}
