/**
 * All that a plugin sees of Kemo.
 *
 * <p>It depends on PF4J's extension point and annotation and on SLF4J's logger, and on nothing heavier. The test kit in {@code
 * org.kemo.api.testkit} needs JUnit and AssertJ, which only tests have: they are optional at run time.
 */
@SuppressWarnings({"requires-transitive-automatic", "requires-automatic", "module"})
module org.kemo.api {
    // A factory is a PF4J extension and logs through SLF4J: plugins see both without asking for them.
    requires transitive pf4j;
    requires transitive org.slf4j;
    // @Inject on a factory's constructor.
    requires transitive jakarta.inject;

    // The test kit: only who extends it needs these.
    requires static org.junit.jupiter.api;
    requires static org.assertj.core;

    exports org.kemo.api;
    exports org.kemo.api.audio;
    exports org.kemo.api.component;
    exports org.kemo.api.data;
    exports org.kemo.api.encoder;
    exports org.kemo.api.fusion;
    exports org.kemo.api.network;
    exports org.kemo.api.service;
    exports org.kemo.api.testkit;
    exports org.kemo.api.training;
    exports org.kemo.api.transcriber;

    uses org.kemo.api.network.NetworkBackend;
}
