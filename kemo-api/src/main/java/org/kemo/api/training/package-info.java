/**
 * Training engines: they compute a step of a network. Epochs, schedules, early stopping and checkpoints are the host's, the
 * same for every engine.
 */
package org.kemo.api.training;
