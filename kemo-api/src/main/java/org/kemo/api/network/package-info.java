/**
 * Networks that are written once: {@link org.kemo.api.network.Ops} is what they are written with, {@link
 * org.kemo.api.network.Network} what they are, {@link org.kemo.api.network.Tensor} what goes in and out.
 */
package org.kemo.api.network;
