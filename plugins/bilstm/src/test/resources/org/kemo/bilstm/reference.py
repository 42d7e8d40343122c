# Reference figures of BiLstmTest: torch's nn.LSTM on each row alone, attention in numpy. Run: python reference.py
import numpy as np
import torch

HIDDEN = 2


def sines(*shape):
    return (np.sin(np.arange(1, np.prod(shape) + 1)) / 2).astype(np.float32).reshape(shape)


def direction(x, backward):
    lstm = torch.nn.LSTM(x.shape[1], HIDDEN)
    with torch.no_grad():
        lstm.weight_ih_l0.copy_(torch.tensor(sines(x.shape[1], 4 * HIDDEN).T))
        lstm.weight_hh_l0.copy_(torch.tensor(sines(HIDDEN, 4 * HIDDEN).T))
        lstm.bias_ih_l0.copy_(torch.tensor(sines(4 * HIDDEN)))
        lstm.bias_hh_l0.zero_()
        steps = torch.tensor(x[::-1].copy() if backward else x)
        out = lstm(steps)[0].numpy()
    return out[::-1] if backward else out


for row in [[[1, -1], [0.5, 2], [-2, 0.25]], [[3, 1]]]:
    h = np.array(row, np.float32)
    for _ in range(2):
        h = np.concatenate([direction(h, False), direction(h, True)], 1)
    e = np.tanh(h @ sines(2 * HIDDEN, 2) + sines(2)) @ sines(2, 1)
    a = np.exp(e) / np.exp(e).sum()
    print((a * h).sum(0).tolist())
