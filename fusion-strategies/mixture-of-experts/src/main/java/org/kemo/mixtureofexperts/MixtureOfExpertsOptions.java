package org.kemo.mixtureofexperts;

import org.kemo.api.component.Option;

/** The experts, how many are asked, and how evenly. */
record MixtureOfExpertsOptions(
        @Option(
                        value =
                                "Experts that read all modalities together, each a network with one hidden layer; every modality's own"
                                        + " classifier is one expert more",
                        defaultValue = "2",
                        min = 0,
                        max = 64)
                int joint,
        @Option(
                        value =
                                "Experts that are asked for each utterance, in training at least two where there are several",
                        defaultValue = "2",
                        min = 1)
                int active,
        @Option(value = "Units of the hidden layer of a joint expert", defaultValue = "32", min = 1, unit = "units")
                int hidden,
        @Option(
                        value =
                                "Weight of the load-balancing term, which is 1 where all experts are chosen as often and 0 for none",
                        defaultValue = "0.01",
                        min = 0)
                double balance,
        @Option(
                        value = "Share of the joined encodings and of the hidden units that is dropped in training",
                        defaultValue = "0",
                        min = 0,
                        max = 0.95)
                double dropout) {}
