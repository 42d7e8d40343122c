package org.kemo.torch;

import java.nio.file.Path;
import org.bytedeco.pytorch.global.torch;

/** A process that loads the library, unpacked in the folder that it is given, and adds two numbers. */
final class LoadsLibtorch {
    private LoadsLibtorch() {}

    public static void main(String[] arguments) {
        Libtorch libtorch = new LibtorchFolder(Path.of(arguments[0])).loaded(() -> new Libtorch(1));
        float two = libtorch.call(() -> torch.ones(1).add(torch.ones(1)).sum().item_float());
        System.out.println(two);
    }
}
