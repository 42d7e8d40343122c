package org.kemo.api.service;

import java.nio.file.Path;
import java.util.List;

/**
 * Which session is wanted.
 *
 * @param model an ONNX file
 * @param devices in the order of preference, {@code cuda:0}, {@code cpu}; empty for the order configured
 */
public record SessionRequest(Path model, List<String> devices) {
    /** Copies the list. */
    public SessionRequest {
        devices = List.copyOf(devices);
    }

    /** A model on the devices that are configured. */
    public static SessionRequest of(Path model) {
        return new SessionRequest(model, List.of());
    }
}
