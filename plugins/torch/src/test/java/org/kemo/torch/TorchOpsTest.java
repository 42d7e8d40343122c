package org.kemo.torch;

import org.kemo.api.network.NetworkBackend;
import org.kemo.api.testkit.OpsContract;

final class TorchOpsTest extends OpsContract {
    @Override
    protected NetworkBackend backend() {
        return new TorchBackend();
    }
}
