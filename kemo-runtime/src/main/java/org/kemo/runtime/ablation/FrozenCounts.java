package org.kemo.runtime.ablation;

/**
 * How often frozen results were asked for and computed: each clip passes each extractor and pretrained encoder once, however many
 * variants read its result.
 *
 * @param results different ones: one for each clip, as it is heard, and each extractor or pretrained encoder
 * @param computed in this run; what an earlier run computed was read from the cache
 * @param asked by all trials together
 * @param seconds that the computing took in this run, over all threads
 */
public record FrozenCounts(long results, long computed, long asked, double seconds) {}
