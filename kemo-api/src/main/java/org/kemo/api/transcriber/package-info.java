/** Speech to text. */
package org.kemo.api.transcriber;
