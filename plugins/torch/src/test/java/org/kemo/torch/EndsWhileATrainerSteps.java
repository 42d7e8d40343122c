package org.kemo.torch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A process that ends, with exit code 7, in the middle of a call of the library, which says when it has ended. */
final class EndsWhileATrainerSteps {
    private static volatile boolean began;

    private EndsWhileATrainerSteps() {}

    public static void main(String[] arguments) {
        Libtorch libtorch = new Libtorch(1);
        Thread trainer = new Thread(() -> libtorch.run(EndsWhileATrainerSteps::step));
        trainer.setDaemon(true);
        trainer.start();
        while (!began) {
            Thread.onSpinWait();
        }
        System.exit(7);
    }

    private static void step() {
        Tensor numbers = torch.ones(300, 300);
        long end = System.nanoTime() + 1_000_000_000L;
        while (System.nanoTime() < end) {
            began = true;
            numbers = numbers.matmul(numbers).tanh();
        }
        System.out.println("ended");
    }
}
