package org.kemo.api.data;

import java.util.List;

/**
 * Utterances and what has to be said about them.
 *
 * @param name for reports
 * @param utterances in an order that is the same at every reading
 * @param notes sentences that every report on these data repeats, for example that pairs are synthetic
 * @param problems what was left out and why, one sentence each, with the file and line: a bad line costs no other line its
 *     place
 * @param paired whether somebody put together what the modalities of an utterance offer, as label-matched pairs are: its words were not
 *     said in its recording, and either may come again with others
 */
public record Dataset(
        String name, List<Utterance> utterances, List<String> notes, List<String> problems, boolean paired) {
    /** Utterances whose modalities belong together. */
    public Dataset(String name, List<Utterance> utterances, List<String> notes, List<String> problems) {
        this(name, utterances, notes, problems, false);
    }

    /** Copies the lists. */
    public Dataset {
        utterances = List.copyOf(utterances);
        notes = List.copyOf(notes);
        problems = List.copyOf(problems);
    }
}
