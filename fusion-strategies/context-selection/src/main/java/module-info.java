/** Fusion by choosing one modality for each utterance, by a rule on its cues. */
module org.kemo.contextselection {
    requires org.kemo.api;
}
