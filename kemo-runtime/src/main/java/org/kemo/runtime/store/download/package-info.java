/**
 * Files over HTTP: resumed after a break, given up on after a stall, whole or not there. {@link
 * org.kemo.runtime.store.download.Download} fetches a file, {@link org.kemo.runtime.store.download.Web} asks, follows redirects and
 * keeps a token to the place that it is for.
 */
package org.kemo.runtime.store.download;
