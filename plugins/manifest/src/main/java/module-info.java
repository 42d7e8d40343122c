/**
 * Reads manifests: tables that name the sound, the words, the label, the speaker and the side of each utterance.
 *
 * <p>Nothing is exported: the host reaches the factory through PF4J's extension index.
 */
module org.kemo.manifest {
    requires org.kemo.api;

    // One record of CSV, one line of JSON, and the column that was most likely meant.
    requires de.siegmar.fastcsv;
    requires org.apache.commons.text;
    requires tools.jackson.core;
}
