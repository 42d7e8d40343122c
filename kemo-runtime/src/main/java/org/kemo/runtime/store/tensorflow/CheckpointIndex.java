package org.kemo.runtime.store.tensorflow;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The index of a TensorFlow checkpoint of the second version: a {@link SortedTable} from names to {@code BundleEntryProto}
 * (tensorflow/core/protobuf/tensor_bundle.proto), with a {@code BundleHeaderProto} under the empty name.
 */
final class CheckpointIndex {
    private static final int FLOAT = 1;

    private CheckpointIndex() {}

    /**
     * Reads the float tensors.
     *
     * @param index the content of {@code variables.index}
     * @param dataBytes the size of the one file of data
     * @return by name, in the order in which they lie; tensors of other types are left out
     */
    static Map<String, CheckpointTensor> read(byte[] index, long dataBytes) throws IOException {
        Map<String, byte[]> table = new LinkedHashMap<>(SortedTable.read(index));
        byte[] header = table.remove("");
        if (header == null) {
            throw new DamagedCheckpoint("its index has no header");
        }
        checkHeader(header);
        List<CheckpointTensor> tensors = new ArrayList<>();
        for (Map.Entry<String, byte[]> entry : table.entrySet()) {
            tensor(entry.getKey(), entry.getValue(), dataBytes).ifPresent(tensors::add);
        }
        tensors.sort((one, other) -> Long.compare(one.offset(), other.offset()));
        Map<String, CheckpointTensor> byName = new LinkedHashMap<>();
        long end = 0;
        for (CheckpointTensor tensor : tensors) {
            if (tensor.offset() < end) {
                throw new DamagedCheckpoint("its tensor " + tensor.name() + " lies over another one");
            }
            end = tensor.offset() + tensor.bytes();
            byName.put(tensor.name(), tensor);
        }
        return byName;
    }

    private static void checkHeader(byte[] header) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(header);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> {
                    int shards = in.readInt32();
                    if (shards != 1) {
                        throw new DamagedCheckpoint("its data are in " + shards + " files, and one is read");
                    }
                }
                case 2 -> {
                    if (in.readEnum() != 0) {
                        throw new DamagedCheckpoint("its values are big-endian");
                    }
                }
                default -> in.skipField(tag);
            }
        }
    }

    private static Optional<CheckpointTensor> tensor(String name, byte[] entry, long dataBytes) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(entry);
        int type = 0;
        long offset = 0;
        long bytes = 0;
        int sum = 0;
        boolean whole = true;
        List<Integer> shape = List.of();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> type = in.readEnum();
                case 2 -> shape = shape(name, CodedInputStream.newInstance(in.readByteArray()));
                case 3 -> whole &= in.readInt32() == 0;
                case 4 -> offset = in.readInt64();
                case 5 -> bytes = in.readInt64();
                case 6 -> sum = in.readFixed32();
                case 7 -> {
                    whole = false;
                    in.skipField(tag);
                }
                default -> in.skipField(tag);
            }
        }
        if (type != FLOAT) {
            return Optional.empty();
        }
        if (!whole) {
            throw new DamagedCheckpoint("its tensor " + name + " is in several parts");
        }
        if (bytes != bytes(name, shape) || offset < 0 || bytes > dataBytes || offset > dataBytes - bytes) {
            throw new DamagedCheckpoint("its tensor " + name + " of the shape " + shape + " has " + bytes
                    + " bytes from " + offset + " on, which does not fit");
        }
        return Optional.of(new CheckpointTensor(name, shape, offset, bytes, sum));
    }

    private static long bytes(String name, List<Integer> shape) throws IOException {
        long count = 1;
        for (int size : shape) {
            count *= size;
            if (count > Integer.MAX_VALUE) {
                throw new DamagedCheckpoint("its tensor " + name + " has the shape " + shape + ", which is too large");
            }
        }
        return count * Float.BYTES;
    }

    private static List<Integer> shape(String name, CodedInputStream in) throws IOException {
        List<Integer> sizes = new ArrayList<>();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) == 2) {
                sizes.add(size(name, CodedInputStream.newInstance(in.readByteArray())));
            } else {
                in.skipField(tag);
            }
        }
        return List.copyOf(sizes);
    }

    private static int size(String name, CodedInputStream in) throws IOException {
        long size = 0;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) == 1) {
                size = in.readInt64();
            } else {
                in.skipField(tag);
            }
        }
        if (size < 1 || size > Integer.MAX_VALUE) {
            throw new DamagedCheckpoint("its tensor " + name + " has an axis of size " + size);
        }
        return (int) size;
    }
}
