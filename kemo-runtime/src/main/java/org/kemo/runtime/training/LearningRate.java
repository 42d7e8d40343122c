package org.kemo.runtime.training;

import org.kemo.runtime.configuration.StageConfiguration.Schedule;

/**
 * The learning rate of every step: a linear rise from 0 over the warm-up, then constant or half a cosine down to 0
 * (Loshchilov and Hutter, 2017, without restarts).
 *
 * @param largest the rate at the end of the warm-up
 * @param warmupSteps steps of the rise
 * @param totalSteps all steps
 * @param schedule what comes after the rise
 */
public record LearningRate(double largest, long warmupSteps, long totalSteps, Schedule schedule) {
    /** The rate of a step, from 0. */
    public double at(long step) {
        if (step < warmupSteps) {
            return largest * (step + 1) / warmupSteps;
        }
        if (schedule == Schedule.CONSTANT) {
            return largest;
        }
        double done = (double) (step - warmupSteps) / Math.max(1, totalSteps - warmupSteps);
        return largest * 0.5 * (1 + Math.cos(Math.PI * Math.min(1, done)));
    }
}
