# Reference figures of WaveNetTest: torch's nn.functional.conv1d on each row alone. Run: python reference.py
import numpy as np
import torch
from torch.nn.functional import conv1d, pad

CHANNELS, SKIP, WIDTH, LAYERS = 2, 3, 3, 2


def sines(*shape):
    return torch.tensor((np.sin(np.arange(1, np.prod(shape) + 1)) / 2).astype(np.float32).reshape(shape))


def linear(x, out):
    return x @ sines(x.shape[1], out) + sines(out)


def convolution(x, dilation, causal):
    reach = dilation * (WIDTH - 1)
    padded = pad(x.T[None], (reach, 0) if causal else (reach // 2, reach // 2))
    return conv1d(padded, sines(WIDTH, CHANNELS, CHANNELS).permute(2, 1, 0), sines(CHANNELS), dilation=dilation)[0].T


for causal in [False, True]:
    for row in [[[1, -1], [0.5, 2], [-2, 0.25]], [[3, 1]]]:
        x = linear(torch.tensor(row, dtype=torch.float32), CHANNELS)
        skipped = 0
        for layer in range(LAYERS):
            seen = convolution(x, 2**layer, causal)
            z = torch.tanh(seen) * torch.sigmoid(seen)
            skipped = skipped + linear(z, SKIP)
            x = x + linear(z, CHANNELS)
        print(causal, torch.relu(linear(torch.relu(skipped), SKIP)).mean(0).tolist())
