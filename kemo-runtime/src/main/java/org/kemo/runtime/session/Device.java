package org.kemo.runtime.session;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kemo.api.KemoException;

/**
 * Where a session runs.
 *
 * @param name {@code cpu} or {@code cuda:N}
 * @param cuda whether it is a CUDA device
 * @param index the number of a CUDA device; 0 for the CPU
 */
record Device(String name, boolean cuda, int index) {
    private static final Pattern CUDA = Pattern.compile("cuda:([0-9]{1,3})");

    static Device parse(String name) {
        Matcher cuda = CUDA.matcher(name);
        if (cuda.matches()) {
            return new Device(name, true, Integer.parseInt(cuda.group(1)));
        }
        if (!name.equals("cpu")) {
            throw KemoException.configuration(
                    "The device [" + name + "] is not known.", "Write [cpu], or [cuda:0] for the first CUDA device.");
        }
        return new Device(name, false, 0);
    }

    @Override
    public String toString() {
        return name;
    }
}
