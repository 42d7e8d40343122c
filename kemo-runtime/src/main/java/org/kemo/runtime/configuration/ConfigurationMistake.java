package org.kemo.runtime.configuration;

/**
 * One thing that is wrong in a configuration.
 *
 * @param place where it stands
 * @param path to the option, as an override on the command line would name it: {@code train.stages.0.epochs}; empty for the
 *     whole
 * @param message what is wrong and what was expected, with values in brackets
 * @param suggestion what may have been meant, a sentence; empty where nothing is near
 * @param absence whether a component or an environment variable that is named is not there: elsewhere the same may be right
 */
public record ConfigurationMistake(Place place, String path, String message, String suggestion, boolean absence) {
    @Override
    public String toString() {
        String where = path.isEmpty() ? place.toString() : place + " " + path;
        return where + ": " + message + (suggestion.isEmpty() ? "" : " " + suggestion);
    }
}
