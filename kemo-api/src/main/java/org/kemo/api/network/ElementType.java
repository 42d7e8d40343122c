package org.kemo.api.network;

/** The type of a tensor's values. */
public enum ElementType {
    /** 32-bit floating point. */
    FLOAT,
    /** 64-bit integers, for ids. */
    LONG
}
