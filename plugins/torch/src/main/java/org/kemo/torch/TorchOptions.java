package org.kemo.torch;

import java.util.regex.Pattern;
import org.kemo.api.KemoException;
import org.kemo.api.component.Option;

/** How the engine uses the machine. */
record TorchOptions(
        @Option(
                        value =
                                "Threads for one operation: another number gives other last bits. Two runs on one thread each"
                                        + " are faster than one on two, but where a transformer is tuned",
                        defaultValue = "1",
                        min = 1)
                int threads,
        @Option(value = "cpu, or cuda:0 and so on where the plugin was built for it", defaultValue = "cpu")
                String device,
        @Option(
                        value =
                                "Of matrix products and their derivatives in training: float32, or bfloat16, several times as fast on"
                                        + " processors that have instructions for it (see lscpu: avx512_bf16, amx_bf16) and slower on others."
                                        + " Convolutions and LSTMs stay float32, and what is trained is run in float32",
                        defaultValue = "float32")
                MatrixPrecision precision) {
    private static final Pattern DEVICE = Pattern.compile("cpu|cuda:[0-9]+");

    TorchOptions {
        if (!DEVICE.matcher(device).matches()) {
            throw KemoException.configuration(
                    "The device [" + device + "] is not one that torch knows.",
                    "Use cpu, or cuda:0, cuda:1 and so on.");
        }
    }
}
