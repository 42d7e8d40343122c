/**
 * Training on libtorch.
 *
 * <p>{@link org.kemo.torch.TorchOps} is the backend, {@link org.kemo.torch.TorchTrainer} the loop's one step. What keeps it
 * fast, flat in memory and repeatable, each measured:
 *
 * <ul>
 *   <li>OpenBLAS works on one thread ({@link org.kemo.torch.Libtorch}): it and torch's own threads spin against each other. With
 *       the matrices of a transformer it works on all the same.
 *   <li>Padded batches instead of packed sequences ({@link org.kemo.torch.TorchLstm}).
 *   <li>A {@code PointerScope} around every step; what outlives it takes a reference.
 *   <li>Initial values come from the host and dropout masks from a generator of each step's own ({@link
 *       org.kemo.torch.DropoutMasks}), never from torch's global one.
 *   <li>All trainable parameters are views of one block ({@link org.kemo.torch.TorchParameters}), so that the optimizer is a
 *       few operations and not a few for each parameter.
 * </ul>
 */
package org.kemo.torch;
