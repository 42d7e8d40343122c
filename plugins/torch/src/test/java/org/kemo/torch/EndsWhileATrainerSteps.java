package org.kemo.torch;

import java.util.concurrent.CountDownLatch;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A process that ends, with exit code 7, in the middle of a call of the library, which says when it has ended, while others wait for
 * their turn.
 */
final class EndsWhileATrainerSteps {
    private static final CountDownLatch BEGAN = new CountDownLatch(1);

    private EndsWhileATrainerSteps() {}

    public static void main(String[] arguments) throws InterruptedException {
        Libtorch libtorch = new Libtorch(2).withThreadedProducts();
        for (int i = 0; i < 3; i++) {
            Thread trainer = new Thread(() -> libtorch.run(EndsWhileATrainerSteps::step));
            trainer.setDaemon(true);
            trainer.start();
        }
        BEGAN.await();
        Thread.sleep(500);
        System.exit(7);
    }

    private static void step() {
        System.out.println("began");
        BEGAN.countDown();
        Tensor numbers = torch.ones(300, 300);
        long end = System.nanoTime() + 2_000_000_000L;
        while (System.nanoTime() < end) {
            numbers = numbers.matmul(numbers).tanh();
        }
        System.out.println("ended");
    }
}
