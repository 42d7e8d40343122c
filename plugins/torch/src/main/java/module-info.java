/** The training engine: networks over {@code Ops} on libtorch. */
module org.kemo.torch {
    requires org.kemo.api;
    requires org.bytedeco.javacpp;
    requires org.bytedeco.openblas;
    requires org.bytedeco.pytorch;

    // The test kit finds this backend with ServiceLoader.
    provides org.kemo.api.network.NetworkBackend with
            org.kemo.torch.TorchBackend;
}
