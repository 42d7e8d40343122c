# Reference figures of CnnBiLstmTest: torch's nn.functional.conv1d and nn.LSTM on each row alone. Run: python reference.py
import numpy as np
import torch

HIDDEN, CHANNELS, WIDTH = 2, 3, 3


def sines(*shape):
    return torch.tensor((np.sin(np.arange(1, np.prod(shape) + 1)) / 2).astype(np.float32).reshape(shape))


def convolution(x):
    weight = sines(WIDTH, x.shape[1], CHANNELS).permute(2, 1, 0)
    return torch.relu(torch.nn.functional.conv1d(x.T[None], weight, sines(CHANNELS), padding="same"))[0].T


lstm = torch.nn.LSTM(CHANNELS, HIDDEN, bidirectional=True)
with torch.no_grad():
    for suffix in ["l0", "l0_reverse"]:
        getattr(lstm, "weight_ih_" + suffix).copy_(sines(CHANNELS, 4 * HIDDEN).T)
        getattr(lstm, "weight_hh_" + suffix).copy_(sines(HIDDEN, 4 * HIDDEN).T)
        getattr(lstm, "bias_ih_" + suffix).copy_(sines(4 * HIDDEN))
        getattr(lstm, "bias_hh_" + suffix).zero_()
    for row in [[[1, -1], [0.5, 2], [-2, 0.25]], [[3, 1]]]:
        states = torch.tensor(row, dtype=torch.float32)
        print(lstm(convolution(convolution(states)))[0].mean(0).tolist())
