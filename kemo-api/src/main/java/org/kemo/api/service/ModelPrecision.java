package org.kemo.api.service;

/** The numbers with which a pretrained model is computed. */
public enum ModelPrecision {
    /** 32-bit floating point: what the model's authors computed with. */
    FLOAT32,
    /**
     * 16-bit floating point, for CUDA devices: half the size. A parameter beyond 65504 becomes 65504, and one too small for the type the
     * smallest that is not 0; whole numbers are exact up to 2048. What is computed and comes to more becomes infinite. What goes in and out
     * stays 32-bit. The CPU computes most of it in 32 bits all the same, at the cost of turning numbers to and fro.
     */
    FLOAT16,
    /**
     * 8-bit whole numbers for the parameters of matrix products and look-ups, for the CPU: a quarter of the size. Each column of a product's
     * matrix and each row of a table has a scale of its own, s = max |w| / 127. What a product reads is rounded to 8 bits while the model
     * runs, with one scale for all rows of a run: whoever wants an answer that does not depend on others runs one input at a time. All else
     * stays 32-bit.
     */
    INT8
}
