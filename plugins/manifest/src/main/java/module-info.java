/**
 * Reads manifests: tables that name the sound, the words, the features, the label, the speaker and the side of each utterance.
 *
 * <p>The host reaches the factory through PF4J's extension index; what is exported is for plugins that read tables
 * and files of features of their own.
 */
module org.kemo.manifest {
    // What is exported speaks of its tensors.
    requires transitive org.kemo.api;

    exports org.kemo.manifest.features;
    exports org.kemo.manifest.table;

    // One record of CSV, one line of JSON, and the column that was most likely meant.
    requires de.siegmar.fastcsv;
    requires org.apache.commons.text;
    requires tools.jackson.core;
}
