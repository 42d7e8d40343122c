# The arrays of FeatureFileTest, written by numpy 2.x (numpy.lib.format). Run in this folder: python make.py
import numpy as np

x = np.array([[0, 0.5], [-1.25, 3e-5], [1e10, -7]])
np.save("float32.npy", x.astype("<f4"))
np.save("float64.npy", x)
np.save("vector.npy", np.array([1, 2, 3], "<f4"))
np.save("no-steps.npy", np.zeros((0, 4), "<f4"))
for version in (2, 3):
    with open(f"version{version}.npy", "wb") as file:
        np.lib.format.write_array(file, x.astype("<f4"), version=(version, 0))
np.save("fortran.npy", np.asfortranarray(x.astype("<f4")))
np.save("big-endian.npy", x.astype(">f4"))
np.save("int64.npy", np.arange(6).reshape(3, 2))
np.save("three-axes.npy", np.zeros((2, 2, 2), "<f4"))
np.save("scalar.npy", np.float32(1))
np.save("objects.npy", np.array([{"a": 1}], dtype=object), allow_pickle=True)
np.save("records.npy", np.zeros(2, [("a", "<f4"), ("b", "<f4")]))
np.save("not-finite.npy", np.array([[1, 2], [np.nan, 4]], "<f4"))
np.save("too-large.npy", np.array([[1, 1e39]]))
