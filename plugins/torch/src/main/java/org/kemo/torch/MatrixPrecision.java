package org.kemo.torch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The numbers that matrix products and their derivatives are computed with. All else is float32: parameters and their moments, convolutions,
 * LSTMs and every other operation.
 */
enum MatrixPrecision {
    /** 24 bits of mantissa. */
    FLOAT32 {
        @Override
        Tensor product(Tensor a, Tensor b) {
            return a.matmul(b);
        }
    },
    /**
     * Factors of 8 bits of mantissa, as in mixed-precision training (Kalamkar et al., 2019); each sum in float32, then rounded. The
     * derivatives of a product are such products, too: a gradient is rounded on its way into one and on its way out. Processors
     * with instructions for it (AVX512-BF16, AMX) are several times as fast; others compute the same more slowly.
     */
    BFLOAT16 {
        @Override
        Tensor product(Tensor a, Tensor b) {
            return a.to(torch.ScalarType.BFloat16)
                    .matmul(b.to(torch.ScalarType.BFloat16))
                    .to(torch.ScalarType.Float);
        }
    };

    /** The matrix product of two tensors of float32, as such. */
    abstract Tensor product(Tensor a, Tensor b);
}
