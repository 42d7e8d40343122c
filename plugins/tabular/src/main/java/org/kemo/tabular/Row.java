package org.kemo.tabular;

import java.util.Map;
import java.util.Optional;
import org.kemo.api.Modality;
import org.kemo.api.data.Split;

/**
 * A line of a table, read.
 *
 * @param id not empty
 * @param label as it is called here
 * @param group what it is held out with
 * @param split the side
 * @param place in the group; 0 where nobody asks
 * @param features [D] for each modality that is there
 * @param texts the words of each modality that is there
 */
record Row(
        String id,
        Optional<String> label,
        Optional<String> group,
        Split split,
        double place,
        Map<Modality, float[]> features,
        Map<Modality, String> texts) {}
