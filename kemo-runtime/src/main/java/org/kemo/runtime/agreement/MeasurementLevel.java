package org.kemo.runtime.agreement;

/** What the labels are, and so how far apart two of them lie. */
public enum MeasurementLevel {
    /** Names: equal or not. */
    NOMINAL,
    /** In an order, without a distance: the steps between two of them count. */
    ORDINAL,
    /** Numbers: their difference counts. */
    INTERVAL
}
