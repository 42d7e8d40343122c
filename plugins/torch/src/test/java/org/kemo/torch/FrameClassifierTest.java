package org.kemo.torch;

import org.kemo.api.network.Network;
import org.kemo.api.testkit.NetworkContract;

final class FrameClassifierTest extends NetworkContract {
    @Override
    protected Network network() {
        return new FrameClassifier(3, 4, 2, 3, 0.2);
    }
}
