package org.kemo.runtime.onnx;

import org.kemo.api.network.NetworkBackend;
import org.kemo.api.testkit.OpsContract;

class OnnxOpsTest extends OpsContract {
    @Override
    protected NetworkBackend backend() {
        return new OnnxBackend();
    }
}
