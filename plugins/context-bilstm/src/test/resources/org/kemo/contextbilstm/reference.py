# Reference figures of ContextBiLstmTest: torch's nn.LSTM over the real steps of each row alone, the dense layer in numpy.
# Run: python reference.py
import numpy as np
import torch

HIDDEN, DENSE = 2, 3


def sines(*shape):
    return (np.sin(np.arange(1, np.prod(shape) + 1)) / 2).astype(np.float32).reshape(shape)


def direction(x, backward):
    lstm = torch.nn.LSTM(x.shape[1], HIDDEN)
    with torch.no_grad():
        lstm.weight_ih_l0.copy_(torch.tensor(sines(x.shape[1], 4 * HIDDEN).T))
        lstm.weight_hh_l0.copy_(torch.tensor(sines(HIDDEN, 4 * HIDDEN).T))
        lstm.bias_ih_l0.copy_(torch.tensor(sines(4 * HIDDEN)))
        lstm.bias_hh_l0.zero_()
        out = lstm(torch.tensor(x[::-1].copy() if backward else x))[0].numpy()
    return out[::-1] if backward else out


for row, marked in [([[1, -1], [0.5, 2], [-2, 0.25]], 1), ([[3, 1]], 0)]:
    x = np.array(row, np.float32)
    h = np.concatenate([direction(x, False), direction(x, True)], 1)
    z = np.maximum(h @ sines(2 * HIDDEN, DENSE) + sines(DENSE), 0)
    print(z[marked].tolist())
