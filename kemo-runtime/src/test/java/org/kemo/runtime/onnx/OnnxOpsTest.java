package org.kemo.runtime.onnx;

import org.kemo.api.network.NetworkBackend;
import org.kemo.api.testkit.OpsContract;

final class OnnxOpsTest extends OpsContract {
    @Override
    protected NetworkBackend backend() {
        return new OnnxBackend();
    }
}
