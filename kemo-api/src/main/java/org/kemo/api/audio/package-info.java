/** Sound and what is measured in it: waveforms, preprocessors, feature extractors. */
package org.kemo.api.audio;
